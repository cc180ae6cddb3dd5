/** A text of a ticket system as Markdown, with what it names. */
export interface ConvertedText {
	/** Markdown (CommonMark with GFM tables, task lists and strikethrough), cleaned as `cleanText` does. */
	text: string;
	/** People who are addressed in the text: names without `@`, or ids where the text holds only those. */
	mentions: string[];
	/** Names of files that are shown or linked in the text. */
	attachments: string[];
}
