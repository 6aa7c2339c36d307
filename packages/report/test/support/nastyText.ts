import fc from "fast-check";

/** Text as models and users write it at their worst: any characters, markup, names that objects already have. */
export const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("<", ">", "&", '"', "'", "/", "|", "\\", "*", "_", "`", "a", " ", "\n", "\r", ","),
  }),
  fc.constantFrom(
    "</svg><script>alert(1)</script>",
    "]]><!--",
    "&lt;b&gt;",
    "constructor",
    "__proto__",
    "toString",
    "datum.value",
    "a.b[0]",
    "\u001b[2J",
    "\u202egnp.exe",
    "\ud800",
    "\0",
    "",
    "x".repeat(5_000),
  ),
);

/** Numbers that break axes. */
export const nastyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 5e-324, 1e-100, 1e100, 1.7e308, -1.7e308, Number.NaN, Number.POSITIVE_INFINITY, 1e15 + 1),
);
