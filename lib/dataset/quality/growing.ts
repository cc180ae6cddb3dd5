/** Lists of numbers that grow to millions, without the memory that objects would take. */

const FIRST_LENGTH = 1024;

export class GrowingBytes {
	length = 0;

	private values = new Uint8Array(FIRST_LENGTH);

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Uint8Array(this.length * 2);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.length++] = value;
	}

	at(index: number): number {
		return this.values[index];
	}
}

/** Whole numbers of 32 bits. */
export class GrowingIntegers {
	length = 0;

	private values = new Int32Array(FIRST_LENGTH);

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Int32Array(this.length * 2);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.length++] = value;
	}

	at(index: number): number {
		return this.values[index];
	}
}

/** Numbers of any kind. */
export class GrowingNumbers {
	length = 0;

	private values = new Float64Array(FIRST_LENGTH);

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Float64Array(this.length * 2);
			larger.set(this.values);
			this.values = larger;
		}
		this.values[this.length++] = value;
	}

	at(index: number): number {
		return this.values[index];
	}
}
