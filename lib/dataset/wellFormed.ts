/** ES2024 methods that Node has since version 20; the compiler's ES2023 library does not know them yet. */
interface WellFormedText {
	isWellFormed(): boolean;
	toWellFormed(): string;
}

/** Whether a text holds no lone surrogate, so that UTF-8 can write it. */
export function isWellFormed(text: string): boolean {
	return (text as string & WellFormedText).isWellFormed();
}

/** The text with U+FFFD in place of each lone surrogate. */
export function toWellFormed(text: string): string {
	return (text as string & WellFormedText).toWellFormed();
}
