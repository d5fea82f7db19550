// Opening a packed block: base64, gzip, then JSON values and arrays of numbers (see container.py).

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const plain = atob(base64);
  const bytes = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at++) bytes[at] = plain.charCodeAt(at);
  return bytes;
}

/** What gzip had packed, as bytes. */
async function unzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function zip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const KINDS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i2: Int16Array, i4: Int32Array };

/** {values, arrays} of a block as it stands in the page. */
async function unpackBlock(base64) {
  const bytes = await unzip(bytesOf(base64));
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const arrays = {};
  for (const [name, [code, offset, count]] of Object.entries(head.arrays)) {
    arrays[name] = numbersOf(code, bytes.subarray(4 + length + offset), count);
  }
  return { values: head.values, arrays };
}

/** Numbers from their byte planes; differences summed up. */
function numbersOf(code, bytes, count) {
  const numbers = new KINDS[code.slice(0, 2)](count);
  const wide = numbers.BYTES_PER_ELEMENT;
  const flat = new Uint8Array(numbers.buffer);
  for (let plane = 0; plane < wide; plane++) {
    for (let at = 0; at < count; at++) flat[at * wide + plane] = bytes[plane * count + at];
  }
  if (code.endsWith("d")) for (let at = 1; at < count; at++) numbers[at] += numbers[at - 1];
  return numbers;
}

/** Starts of runs from their lengths: [2, 3] -> [0, 2, 5]. */
function startsOf(lengths) {
  const starts = new Uint32Array(lengths.length + 1);
  for (let at = 0; at < lengths.length; at++) starts[at + 1] = starts[at] + lengths[at];
  return starts;
}

/** The other way, for a page that writes another: the same form as container.py, as base64. */
async function packBlock(values, arrays) {
  const table = {};
  const bodies = [];
  let offset = 0;
  for (const [name, [code, numbers]] of Object.entries(arrays)) {
    table[name] = [code, offset, numbers.length];
    const body = planesOf(code, numbers);
    bodies.push(body);
    offset += body.length;
  }
  const head = new TextEncoder().encode(JSON.stringify({ values, arrays: table }));
  const gap = (8 - ((head.length + 4) % 8)) % 8;
  const whole = new Uint8Array(4 + head.length + gap + offset);
  new DataView(whole.buffer).setUint32(0, head.length + gap, true);
  whole.set(head, 4);
  whole.fill(32, 4 + head.length, 4 + head.length + gap);
  let at = 4 + head.length + gap;
  for (const body of bodies) {
    whole.set(body, at);
    at += body.length;
  }
  return base64Of(await zip(whole));
}

function planesOf(code, given) {
  const numbers = new KINDS[code.slice(0, 2)](given);
  if (code.endsWith("d")) for (let at = numbers.length - 1; at > 0; at--) numbers[at] -= numbers[at - 1];
  const wide = numbers.BYTES_PER_ELEMENT;
  const flat = new Uint8Array(numbers.buffer);
  const planes = new Uint8Array(Math.ceil(flat.length / 8) * 8);
  for (let plane = 0; plane < wide; plane++) {
    for (let at = 0; at < numbers.length; at++) planes[plane * numbers.length + at] = flat[at * wide + plane];
  }
  return planes;
}

function base64Of(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
