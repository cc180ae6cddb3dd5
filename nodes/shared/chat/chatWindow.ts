import type { IExecuteFunctions } from 'n8n-workflow';

/** The chat that shows an answer while it is written; `say` opens it at the first text. */
export interface ChatWindow {
	/** A model is asked: what another has said before it, unseen, does not count. */
	begin?: () => void;
	say: (text: string) => Promise<void>;
	close: () => Promise<void>;
	hasSpoken: () => boolean;
}

/** The chat behind this execution, if its trigger streams and this node is not a tool of an agent that speaks there. */
export function openChatWindow(
	ctx: IExecuteFunctions,
	itemIndex: number,
	enabled: boolean,
): ChatWindow | undefined {
	// n8n 1.103 and older have no streaming.
	if (!enabled || isTool(ctx) || !ctx.isStreaming?.()) return undefined;
	let spoken = false;
	return {
		say: async (text) => {
			if (!spoken) await ctx.sendChunk('begin', itemIndex);
			spoken = true;
			await ctx.sendChunk('item', itemIndex, text);
		},
		close: async () => {
			if (spoken) await ctx.sendChunk('end', itemIndex);
		},
		hasSpoken: () => spoken,
	};
}

/** Whether the node runs as a tool: n8n gives that variant a name of its own, and no inputs. */
export function isTool(ctx: IExecuteFunctions): boolean {
	return ctx.getNode().type.endsWith('Tool');
}
