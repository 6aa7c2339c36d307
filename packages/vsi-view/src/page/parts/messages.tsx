export function Loading({ what }: { what: string }) {
  return (
    <p class="message" role="status">
      Reading {what} ...
    </p>
  );
}

/** What could not be shown and why, in the words of whoever could not. */
export function Failure({ what, why }: { what: string; why: string }) {
  return (
    <div class="message failure" role="alert">
      <p>
        <b>{what}</b> cannot be shown.
      </p>
      <p>{why}</p>
    </div>
  );
}
