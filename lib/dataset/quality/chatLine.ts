import { Normaliser } from '../normaliser';

/**
 * Reads what a chat example says straight from the bytes of its line: finds its questions and answers and normalises
 * them in one go, without text, without objects. Takes only lines whose every byte it understands:
 * `{"messages":[{"role":"…","content":"…"},…]}` of system (or developer), user and assistant, spaces where JSON allows
 * them, no `\u` escapes. False says nothing; then the line has to be parsed, and what is read from the object must be
 * the same.
 */
export class ChatLineReader {
	/** What was read. */
	readonly text = new Normaliser();

	private readonly answer = new Normaliser();

	private readonly ignored = new Normaliser();

	private bytes: Uint8Array = new Uint8Array(0);

	private at = 0;

	constructor(private readonly compare: 'both' | 'question' | 'answer' = 'both') {}

	read(bytes: Uint8Array): boolean {
		this.bytes = bytes;
		this.at = 0;
		this.text.clear(bytes.length);
		this.answer.clear(bytes.length);
		if (!this.take(OPENING_BRACE) || !this.takeName(MESSAGES) || !this.take(OPENING_BRACKET))
			return false;
		do {
			if (!this.takeMessage()) return false;
		} while (this.take(COMMA));
		if (!this.take(CLOSING_BRACKET) || !this.take(CLOSING_BRACE) || !this.isAtEnd()) return false;
		this.text.append(this.answer);
		this.text.end();
		return true;
	}

	private takeMessage(): boolean {
		if (!this.take(OPENING_BRACE) || !this.takeName(ROLE)) return false;
		const target = this.takeRole();
		if (!target || !this.take(COMMA) || !this.takeName(CONTENT) || !this.take(QUOTE)) return false;
		target.separate();
		if (target === this.ignored) target.clear(this.bytes.length);
		const quote = target.addJsonString(this.bytes, this.at, this.bytes.length);
		if (quote === -1) return false;
		this.at = quote + 1;
		return this.take(CLOSING_BRACE);
	}

	/** Where what it says belongs. */
	private takeRole(): Normaliser | undefined {
		const { compare } = this;
		if (this.takeBytes(USER)) return compare === 'answer' ? this.ignored : this.text;
		if (this.takeBytes(ASSISTANT)) return compare === 'question' ? this.ignored : this.answer;
		return this.takeBytes(SYSTEM) || this.takeBytes(DEVELOPER) ? this.ignored : undefined;
	}

	private takeName(name: Uint8Array): boolean {
		return this.takeBytes(name) && this.take(COLON);
	}

	private takeBytes(expected: Uint8Array): boolean {
		const { bytes } = this;
		const start = this.behindSpaces();
		for (let index = 0; index < expected.length; index++)
			if (bytes[start + index] !== expected[index]) return false;
		this.at = start + expected.length;
		return true;
	}

	private take(byte: number): boolean {
		const start = this.behindSpaces();
		if (this.bytes[start] !== byte) return false;
		this.at = start + 1;
		return true;
	}

	private isAtEnd(): boolean {
		return this.behindSpaces() >= this.bytes.length;
	}

	private behindSpaces(): number {
		const { bytes } = this;
		let { at } = this;
		while (isSpace(bytes[at])) at++;
		return at;
	}
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const MESSAGES = Buffer.from('"messages"');
const ROLE = Buffer.from('"role"');
const CONTENT = Buffer.from('"content"');
const USER = Buffer.from('"user"');
const ASSISTANT = Buffer.from('"assistant"');
const SYSTEM = Buffer.from('"system"');
const DEVELOPER = Buffer.from('"developer"');
