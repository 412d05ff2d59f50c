// Owns reading places as well-known binary, plain or within the header of a GeoPackage, as GeoJSON has them.

/** @import { Item } from "../belonging.js" */

// By their number, here and in FlatGeobuf.
const NAMES = ["", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
  "GeometryCollection", "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve",
  "Surface", "PolyhedralSurface", "TIN", "Triangle"];
const [COLLECTION, LINES, AREAS, OF_SHAPES] = [7, [2, 8], [3, 17], [4, 5, 6, 7, 9, 10, 11, 12, 15, 16]];
const WGS84 = [0, 4326, 4979];
const MOST_DEPTH = 4;
// Kinds with heights and measures are the same numbers and some thousands, or high bits in an older way.
const [HAS_Z, HAS_M, HAS_SYSTEM] = [0x80000000, 0x40000000, 0x20000000];

/** A whole number; one that numbers here do not hold exactly is text. @param {bigint} value */
const exact = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));

/** Reads numbers one after the other, and fails behind the end. */
class Numbers {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
    this.isLittle = true;
  }

  byte() {
    this.at += 1;
    return this.view.getUint8(this.at - 1);
  }

  whole() {
    this.at += 4;
    return this.view.getUint32(this.at - 4, this.isLittle);
  }

  real() {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, this.isLittle);
  }

  /** As many things as are said to come, if as many bytes are left. @template T @param {() => T} read @returns {T[]} */
  many(read) {
    const count = this.whole();
    if (count > this.view.byteLength - this.at) throw new RangeError("more is said to come than is there");
    return Array.from({ length: count }, read);
  }
}

/** @param {number} code @returns {[kind: number, size: number]} */
function kindOf(code) {
  const [isHigh, isMeasured] = [code >= HAS_Z, code % HAS_Z >= HAS_M];
  const low = code % HAS_SYSTEM;
  const thousands = Math.floor(low / 1000);
  const more = thousands === 3 ? 2 : Number(thousands > 0);
  return [low % 1000, 2 + more + Number(isHigh) + Number(isMeasured)];
}

/** @param {Numbers} from @param {number} depth @returns {Item} */
function geometryFrom(from, depth = 0) {
  if (depth > MOST_DEPTH) throw new RangeError("shapes stand within shapes");
  from.isLittle = from.byte() === 1;
  const code = from.whole();
  const [kind, size] = kindOf(code);
  const system = code % HAS_M >= HAS_SYSTEM ? from.whole() : 0;
  const position = () => Array.from({ length: size }, () => from.real()).slice(0, 2);
  const line = () => from.many(position);
  const shapes = () => from.many(() => geometryFrom(from, depth + 1));
  const type = NAMES[kind] || "shape of another kind";
  const where = WGS84.includes(system) ? {} : { why: `its coordinates are not in WGS 84, but in EPSG:${system}` };
  if (kind === COLLECTION) return { type, geometries: shapes(), ...where };
  if (kind === 1) return { type, coordinates: position(), ...where };
  if (LINES.includes(kind)) return { type, coordinates: line(), ...where };
  if (AREAS.includes(kind)) return { type, coordinates: from.many(line), ...where };
  // A curve in parts has parts of several kinds, of which nothing is asked but whether they are there.
  const coordinates = OF_SHAPES.includes(kind) ? shapes().map((one) => one.coordinates ?? []) : [[0]];
  return { type, coordinates, ...where };
}

/** All numbers of a geometry. @param {Item} geometry @returns {number[]} */
const numbersOf = ({ coordinates = [], geometries = [] }) => [...coordinates.flat(5), ...geometries.flatMap(numbersOf)];

/** A place without coordinates is none. @param {Item} geometry @returns {Item | null} */
function unlessEmpty(geometry) {
  const numbers = numbersOf(geometry);
  return numbers.length && !numbers.every(Number.isNaN) ? geometry : null;
}

/** @param {Uint8Array} bytes */
const fromBinary = (bytes) => unlessEmpty(geometryFrom(new Numbers(bytes)));

/** A place with the header of a GeoPackage. @param {Uint8Array} bytes @returns {Item | null} */
function fromPackage(bytes) {
  if (bytes[0] !== 0x47 || bytes[1] !== 0x50) throw new TypeError("a place has a header");
  const boxes = Math.floor(bytes[3] / 2) % 8;
  const sizes = [0, 32, 48, 48, 64];
  if (sizes[boxes] === undefined) throw new TypeError("a header says how long it is");
  return fromBinary(bytes.subarray(8 + sizes[boxes]));
}

export { NAMES, Numbers, exact, fromBinary, fromPackage, unlessEmpty };
