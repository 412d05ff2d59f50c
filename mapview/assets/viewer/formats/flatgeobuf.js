// Owns reading FlatGeobuf: its header, and features one after the other; ours with claims, points of others.
import { KINDS, fromJson, readExport } from "../exported.js";
import { ReadingError, checkRows, unpacking } from "../faults.js";
import { asClaim, listed, plain } from "./geopackage.js";
import { NAMES, exact, unlessEmpty } from "./wkb.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected } from "../columns.js"
 * @import { Bound } from "../faults.js"
 * @import { ReadPoints } from "./geopackage.js"
 * @typedef {{ name: string, type: number }} Column
 */

const [FIRST, BRANCHES, NODE_BYTES, MOST_DEPTH] = [8, 16, 40, 4];
const [MOST_COLUMNS, LONGEST_NAME] = [2000, 200];
const PLAIN = NAMES.slice(1, 7);
// Fields of the tables of the format, in the order of its schema.
const HEADER = { type: 2, columns: 7, count: 8, node: 9, system: 10, metadata: 13 };
const FEATURE = { geometry: 0, properties: 1, columns: 2 };
const GEOMETRY = { ends: 0, xy: 1, type: 6, parts: 7 };
const [STRING, JSON_TEXT, DATE_TIME, BINARY] = [11, 12, 13, 14];
const WGS84 = [0, 4326, 4979];

/** A table of FlatBuffers, whose fields are there or not. */
class Fields {
  /** @param {DataView} view @param {number} at */
  constructor(view, at) {
    this.view = view;
    this.at = at;
    this.table = at - view.getInt32(at, true);
    this.size = view.getUint16(this.table, true);
  }

  /** Where a field stands; 0 where it does not. @param {number} field */
  place(field) {
    const at = 4 + 2 * field;
    const offset = at + 2 <= this.size ? this.view.getUint16(this.table + at, true) : 0;
    return offset && this.at + offset;
  }

  /** @param {number} field */
  byte(field) {
    const at = this.place(field);
    return at ? this.view.getUint8(at) : 0;
  }

  /** What a field leads to. @param {number} field */
  led(field) {
    const at = this.place(field);
    return at && at + this.view.getUint32(at, true);
  }

  /** @param {number} field @returns {Fields | null} */
  fields(field) {
    const at = this.led(field);
    return at ? new Fields(this.view, at) : null;
  }

  /**
   * Where the things of a list begin, and how many they are.
   * @param {number} field @param {number} size of each, in bytes @returns {[start: number, count: number]}
   */
  list(field, size) {
    const at = this.led(field);
    if (!at) return [0, 0];
    const count = this.view.getUint32(at, true);
    if (at + 4 + count * size > this.view.byteLength) throw new RangeError("a list ends within its part");
    return [at + 4, count];
  }

  /** @param {number} field @param {number} most @returns {Fields[]} */
  all(field, most) {
    const [start, count] = this.list(field, 4);
    if (count > most) throw new RangeError("a list has so many tables");
    return Array.from({ length: count }, (_, i) => (
      new Fields(this.view, start + 4 * i + this.view.getUint32(start + 4 * i, true))));
  }

  /** @param {number} field */
  bytes(field) {
    const [start, count] = this.list(field, 1);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start, count);
  }

  /** @param {number} field @param {number} [longest] in bytes */
  text(field, longest = Infinity) {
    return new TextDecoder().decode(this.bytes(field).subarray(0, longest));
  }
}

/**
 * A part of a file, which stands behind its length.
 * @param {Uint8Array} bytes @param {number} at @returns {[part: DataView, next: number]}
 */
function partAt(bytes, at) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  // Fails where the file ends before.
  return [new DataView(bytes.buffer, bytes.byteOffset + at + 4, length), at + 4 + length];
}

const rootOf = (/** @type {DataView} */ view) => new Fields(view, view.getUint32(0, true));

/** How many bytes the index of so many features has: a tree of boxes. @param {number} count @param {number} node */
function indexSize(count, node) {
  if (!node || !count) return 0;
  let [nodes, level] = [count, count];
  do {
    level = Math.ceil(level / node);
    nodes += level;
  } while (level > 1);
  return nodes * NODE_BYTES;
}

/**
 * @param {Fields} geometry @param {number} type @param {{ left: number }} room how many positions a part of the file
 *   can hold, as parts of a shape could be the same bytes over and over
 * @param {number} depth @returns {Item}
 */
function shapeOf(geometry, type, room, depth = 0) {
  if (depth > MOST_DEPTH) throw new RangeError("shapes stand within shapes");
  const { view } = geometry;
  const kind = NAMES[type || geometry.byte(GEOMETRY.type)] || "shape of another kind";
  if (kind === "GeometryCollection") {
    const parts = geometry.all(GEOMETRY.parts, room.left);
    room.left -= parts.length;
    return { type: kind, geometries: parts.map((one) => shapeOf(one, 0, room, depth + 1)) };
  }
  // Curves and surfaces are told by their names alone.
  if (!PLAIN.includes(kind)) return { type: kind, coordinates: [[0]] };
  if (kind === "MultiPolygon") {
    const parts = geometry.all(GEOMETRY.parts, room.left).map((one) => shapeOf(one, 3, room, depth + 1).coordinates);
    return { type: kind, coordinates: parts };
  }
  const [start, count] = geometry.list(GEOMETRY.xy, 8);
  room.left -= 1 + count / 2;
  if (room.left < 0) throw new RangeError("parts of a shape lie beside each other");
  const positions = Array.from({ length: Math.floor(count / 2) }, (_, i) => (
    [view.getFloat64(start + 16 * i, true), view.getFloat64(start + 16 * i + 8, true)]));
  if (kind === "Point") return { type: kind, coordinates: positions[0] ?? [] };
  if (kind !== "Polygon") return { type: kind, coordinates: positions };
  const [ends, rings] = geometry.list(GEOMETRY.ends, 4);
  const last = Array.from({ length: rings }, (_, i) => view.getUint32(ends + 4 * i, true));
  if (last.some((end, i) => end > positions.length || end < (last[i - 1] ?? 0))) {
    throw new RangeError("a ring ends behind the one before, within its shape");
  }
  const parts = last.length ? last.map((end, i) => positions.slice(i ? last[i - 1] : 0, end)) : [positions];
  return { type: kind, coordinates: parts };
}

/**
 * How long a value of each kind is, and what it says.
 * @type {[size: number, read: (view: DataView, at: number) => number | string | boolean][]}
 */
const VALUES = [
  [1, (view, at) => view.getInt8(at)], [1, (view, at) => view.getUint8(at)], [1, (view, at) => view.getUint8(at) > 0],
  [2, (view, at) => view.getInt16(at, true)], [2, (view, at) => view.getUint16(at, true)],
  [4, (view, at) => view.getInt32(at, true)], [4, (view, at) => view.getUint32(at, true)],
  [8, (view, at) => exact(view.getBigInt64(at, true))], [8, (view, at) => exact(view.getBigUint64(at, true))],
  [4, (view, at) => view.getFloat32(at, true)], [8, (view, at) => view.getFloat64(at, true)],
];

/** @param {Uint8Array} bytes @param {Column[]} columns @returns {Item} */
function propertiesOf(bytes, columns) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {Item} no name of a column reaches what all objects share; a value that stands there twice is one */
  const found = Object.create(null);
  for (let at = 0; at < bytes.length;) {
    const column = columns[view.getUint16(at, true)];
    if (!column) throw new RangeError("a value is of a column");
    at += 2;
    if ([STRING, JSON_TEXT, DATE_TIME, BINARY].includes(column.type)) {
      const length = view.getUint32(at, true);
      if (at + 4 + length > bytes.length) throw new RangeError("a text ends within its feature");
      const text = bytes.subarray(at + 4, at + 4 + length);
      if (column.type !== BINARY) found[column.name] = new TextDecoder().decode(text);
      at += 4 + length;
    } else {
      const [size, read] = VALUES[column.type];
      found[column.name] = read(view, at);
      at += size;
    }
  }
  return found;
}

/**
 * Columns of the file, or of a feature alone; all of them may have the same bytes for a name.
 * @param {Fields[]} tables @param {Bound} room @returns {Column[]}
 */
function columnsOf(tables, room) {
  return tables.map((one) => {
    const name = one.text(0, LONGEST_NAME);
    room.spend(name.length);
    return { name, type: one.byte(1) };
  });
}

/** @param {Uint8Array} bytes @param {ReadPoints} readPoints @returns {Collected} */
function readFlatGeobuf(bytes, readPoints) {
  const [head, behind] = partAt(bytes, FIRST);
  const header = rootOf(head);
  const room = unpacking();
  const columns = columnsOf(header.all(HEADER.columns, MOST_COLUMNS), room);
  const at = header.place(HEADER.count);
  const count = at ? Number(head.getBigUint64(at, true)) : 0;
  const nodeAt = header.place(HEADER.node);
  const start = behind + indexSize(count, nodeAt ? head.getUint16(nodeAt, true) : BRANCHES);
  checkRows(count);
  const type = header.byte(HEADER.type);
  /** @type {Item[]} */
  const features = [];
  for (let next = start; next < bytes.length;) {
    const [part, end] = partAt(bytes, next);
    features.push(featureOf(rootOf(part), columns, type, room));
    next = end;
    checkRows(features.length);
  }
  // Whoever writes without knowing how many come says that there are none.
  if (count && features.length !== count) throw new RangeError("features are missing");
  if (features.some(({ properties }) => KINDS.includes(properties.record_kind))) return readOurs(features, header);
  const system = header.fields(HEADER.system);
  const codeAt = system?.place(1);
  if (!WGS84.includes(codeAt ? head.getInt32(codeAt, true) : 0)) {
    throw new ReadingError("Its coordinates are not in WGS 84 (EPSG:4326). Convert it and open that.");
  }
  return readPoints({ features }, "FlatGeobuf of another program");
}

/** @param {Fields} feature @param {Column[]} columns @param {number} type @param {Bound} room @returns {Item} */
function featureOf(feature, columns, type, room) {
  const geometry = feature.fields(FEATURE.geometry);
  const own = columnsOf(feature.all(FEATURE.columns, MOST_COLUMNS), room);
  const shape = geometry && shapeOf(geometry, type, { left: geometry.view.byteLength / 8 });
  return {
    type: "Feature", geometry: shape && unlessEmpty(shape),
    properties: propertiesOf(feature.bytes(FEATURE.properties), own.length ? own : columns) };
}

/** @param {Item[]} features @param {Fields} header */
function readOurs(features, header) {
  const about = fromJson(header.text(HEADER.metadata));
  const { mapview: kept, data_version: version } = /** @type {Item} */ (about ?? {});
  const records = features.map(({ geometry, properties }) => {
    const claims = fromJson(properties.claims ?? "[]");
    return {
      id: properties.id, geometry: plain(geometry),
      properties: { ...listed(properties), claims: Array.isArray(claims) ? claims.map(asClaim) : claims } };
  });
  const members = /** @type {Item} */ (fromJson(kept ?? "{}") ?? {});
  const whole = { ...members, features: records, mapview: { data_version: version } };
  const collected = readExport(whole, "A FlatGeobuf that Mapview exported");
  if (!kept) {
    collected.notes.push("It has no lists of sources and groups, which have no room in it where they are many: sources "
      + "are named by their id. The GeoJSON export has all of it.");
  }
  return collected;
}

export { readFlatGeobuf };
