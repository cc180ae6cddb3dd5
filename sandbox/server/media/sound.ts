/** Sounds that say what they are: tones (or silence) with the spoken text written into the file. */
const RATE = 24_000;
const SECONDS_A_CHARACTER = 0.03;
const MARK = 'sandbox-speech';

/** Samples of 16 bit, one channel, 24 kHz: a tone for each character, a pause for each space. */
export function samplesOf(text: string, speed: number): Buffer {
	const length = Math.max(1, Math.round((RATE * SECONDS_A_CHARACTER) / speed));
	const characters = [...text];
	const samples = Buffer.alloc(characters.length * length * 2);
	characters.forEach((character, index) => {
		if (/\s/.test(character)) return;
		const pitch = 220 + ((character.codePointAt(0) ?? 0) % 64) * 10;
		for (let i = 0; i < length; i++) {
			const fade = Math.min(1, i / 100, (length - i) / 100);
			const value = Math.sin((2 * Math.PI * pitch * i) / RATE) * 6_000 * fade;
			samples.writeInt16LE(Math.round(value), (index * length + i) * 2);
		}
	});
	return samples;
}

/** A WAV file with the text as a comment (RIFF INFO, ICMT). */
export function wavOf(text: string, speed: number): Buffer {
	const samples = samplesOf(text, speed);
	const format = Buffer.alloc(16);
	format.writeUInt16LE(1, 0);
	format.writeUInt16LE(1, 2);
	format.writeUInt32LE(RATE, 4);
	format.writeUInt32LE(RATE * 2, 8);
	format.writeUInt16LE(2, 12);
	format.writeUInt16LE(16, 14);
	const comment = riff('ICMT', Buffer.from(`${MARK}:${text}\0`));
	const body = Buffer.concat([
		Buffer.from('WAVE'),
		riff('fmt ', format),
		riff('LIST', Buffer.concat([Buffer.from('INFO'), comment])),
		riff('data', samples),
	]);
	return riff('RIFF', body);
}

/** Silent MPEG-2 layer III frames (32 kbit/s, 24 kHz, mono: 96 bytes, 24 ms) behind an ID3 tag with the text. */
export function mp3Of(text: string, speed: number): Buffer {
	const seconds = ([...text].length * SECONDS_A_CHARACTER) / speed;
	const frame = Buffer.alloc(96);
	frame.set([0xff, 0xf3, 0x44, 0xc4]);
	const frames = Array<Buffer>(Math.max(5, Math.ceil(seconds / 0.024))).fill(frame);
	return Buffer.concat([id3(text), ...frames]);
}

/** What the sandbox has spoken into a file; undefined for any other file. */
export function spokenText(file: Buffer): string | undefined {
	const end = Math.min(file.length, 256 * 1024);
	if (file.toString('latin1', 0, 4) === 'RIFF') {
		const start = file.subarray(0, end).indexOf(`${MARK}:`);
		if (start < 0) return undefined;
		return file.toString('utf8', start + MARK.length + 1, file.indexOf(0, start));
	}
	if (file.toString('latin1', 0, 3) !== 'ID3') return undefined;
	const start = file.subarray(0, end).indexOf(`TXXX`);
	const mark = file.indexOf(`${MARK}\0`, start);
	if (start < 0 || mark !== start + 11) return undefined;
	const size = unsafe(file, start + 4);
	return file.toString('utf8', mark + MARK.length + 1, start + 10 + size);
}

/** Seconds of a file: known of WAV and of what the sandbox made, guessed from the size of others (128 kbit/s). */
export function secondsOf(file: Buffer): number {
	if (file.toString('latin1', 0, 4) === 'RIFF' && file.length > 44) {
		const rate = file.readUInt32LE(28);
		const data = file.subarray(0, 256 * 1024).indexOf('data');
		if (rate > 0 && data > 0) return Math.max(0, (file.length - data - 8) / rate);
	}
	if (file.toString('latin1', 0, 3) === 'ID3' && file.length > 10) {
		const audio = file.length - 10 - unsafe(file, 6);
		return spokenText(file) === undefined ? audio / 16_000 : (audio / 96) * 0.024;
	}
	return file.length / 16_000;
}

function riff(name: string, data: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(name, 'latin1');
	head.writeUInt32LE(data.length, 4);
	return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** https://id3.org/id3v2.4.0-frames: a user-defined text in UTF-8. */
function id3(text: string): Buffer {
	const data = Buffer.concat([Buffer.from([3]), Buffer.from(`${MARK}\0${text}`)]);
	const frame = Buffer.concat([Buffer.from('TXXX'), syncsafe(data.length), Buffer.alloc(2), data]);
	return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), syncsafe(frame.length), frame]);
}

/** Seven bits a byte, so that no length looks like the begin of a sound frame. */
function syncsafe(value: number): Buffer {
	return Buffer.from([21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f));
}

function unsafe(file: Buffer, at: number): number {
	return file.subarray(at, at + 4).reduce((value, byte) => value * 128 + byte, 0);
}
