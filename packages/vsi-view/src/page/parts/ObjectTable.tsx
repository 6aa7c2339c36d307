import type { ShownRoom } from "@vsi/questions/internal";

interface ObjectTableProps {
  ids: readonly number[];
  room: ShownRoom;
  picked: number | null;
  onPick: (id: number | null) => void;
}

/** Objects with their boxes; a click picks one in the room. */
export function ObjectTable({ ids, room, picked, onPick }: ObjectTableProps) {
  const byId = new Map(room.facts.objects.map((object) => [object.id, object]));
  const metres = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(" × ");
  return (
    <div class="table-box vsi-scroll">
      <table class="objects">
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col" class="number">
              id
            </th>
            <th scope="col" class="number">
              Box (m)
            </th>
          </tr>
        </thead>
        <tbody>
          {[...new Set(ids)].map((id) => {
            const object = byId.get(id);
            return (
              <tr key={id} class={picked === id ? "picked" : ""} data-object={id}>
                <td>
                  <button
                    type="button"
                    class="link"
                    aria-pressed={picked === id}
                    onClick={() => onPick(picked === id ? null : id)}
                  >
                    {object ? <bdi>{room.nameOf(object)}</bdi> : "not in the scene"}
                  </button>
                  {object && object.excluded !== null && <span class="count"> not asked</span>}
                </td>
                <td class="number">{id}</td>
                <td class="number">{object ? metres(object.box.size) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
