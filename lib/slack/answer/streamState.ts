import type { Metadata } from '../api/methods';

export interface StreamSettings {
	channel: string;
	threadTs: string;
	/** Slack wants to know them outside direct messages. */
	recipient?: { recipient_user_id: string; recipient_team_id: string };
	metadata: (part: number) => Metadata;
	/** UTF-16 units of a message. */
	partLength?: number;
}

/** Of the part of an answer that is being written. */
export type StreamState =
	/** Nothing of this part is in Slack. */
	| { name: 'waiting' }
	/** Slack has a message that takes more text; `sent` units of the part stand in it. */
	| { name: 'open'; ts: string; sent: number }
	/** Slack has the message, but what stands in it is not known; it is put right at the end. */
	| { name: 'broken'; ts: string; sent: number }
	/** Slack has not begun to stream, so what is left will be posted. */
	| { name: 'posting' }
	/** The person has pressed Stop: nothing more is to be shown. */
	| { name: 'stopped' };
