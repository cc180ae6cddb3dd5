import type { Method } from '../call';

import { assistantMethods } from './assistant';
import { chatMethods } from './chat';
import { conversationMethods } from './conversations';
import { peopleMethods } from './people';
import { reactionMethods } from './reactions';
import { streamMethods } from './stream';

/** The calls that the stand-in knows, by their names in Slack. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
	Object.entries({
		...assistantMethods,
		...chatMethods,
		...conversationMethods,
		...peopleMethods,
		...reactionMethods,
		...streamMethods,
	}),
);
