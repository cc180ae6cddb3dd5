/** What Slack's words for a refusal mean, and what to do: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
import type { Explanation } from '../../http/errors';

export interface RefusalFacts {
	/** E.g. `chat.postMessage`. */
	method: string;
	/** Scope that is needed, as Slack names it. */
	needed?: string;
	/** Scopes that the token has. */
	provided?: string;
	/** What Slack says about single arguments. */
	hints: string;
}

/** The explanation of one code; for codes that nobody has foreseen, Slack's own word and the place where it is explained. */
export function meaningOf(code: string, facts: RefusalFacts): Explanation {
	if (code === 'missing_scope') return missingScope(facts);
	const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
	const explanation = known ?? unforeseen(code, facts);
	if (!facts.hints) return explanation;
	return { ...explanation, description: `${explanation.description} Slack says: ${facts.hints}` };
}

const NEW_TOKEN =
	"Open the app at https://api.slack.com/apps, install it again under 'Install App', and put its Bot User OAuth Token (xoxb-) into the credential.";
const CHANNEL =
	"The channel is given by its ID, such as C0123456789, in 'View channel details' at the bottom. A private channel is found only once the app has been added to it.";
const THREAD =
	"Give the timestamp of the thread's first message as text with all six decimals, e.g. {{ $json.replyThreadTs }} of the Slack Question Trigger.";

function credential(message: string, description = NEW_TOKEN): Explanation {
	return { message, description, cause: 'credential-invalid' };
}

function setting(message: string, description: string): Explanation {
	return { message, description, cause: 'configuration-invalid' };
}

function outage(message: string): Explanation {
	return {
		message,
		description:
			'Try again later; Slack reports outages at https://slack-status.com. It may have acted on the request all the same: look before you repeat it.',
		cause: 'temporarily-unavailable',
	};
}

const RATE_LIMITED: Explanation = {
	message: 'Slack asks to slow down',
	description:
		"The request was tried again after the pauses that Slack asked for. Slack takes about one message a second in a channel; spread the answers, or turn on 'Retry On Fail' in the node's settings.",
	cause: 'rate-limited',
};
const TOO_LONG = setting(
	'The message is longer than Slack takes',
	'The node splits answers at 11,000 characters. What is too long is then one of the other texts, such as the disclosure line: shorten it.',
);
const NO_CHANNEL = setting('Slack finds no such channel, or the app may not see it', CHANNEL);
const NO_THREAD = setting('Slack finds no such thread in this channel', THREAD);
const BAD_BLOCKS = setting(
	'Slack does not take the message in this form',
	"Turn off feedback buttons or the disclosure line to find the part that it refuses; in 'Disclosure' use plain text or Slack's own link form <https://example.com|name>.",
);
const BAD_METADATA = setting(
	'Slack does not take the data that goes with the message',
	"Turn off 'Feedback Buttons', for which the question is kept with the answer.",
);
const NOT_ALLOWED = setting(
	'A rule of the workspace does not let the app post here',
	"Ask the workspace's administrator who may post in this channel, or choose another one.",
);

const MEANINGS: Readonly<Record<string, Explanation>> = {
	account_inactive: credential(
		'The app has been removed from the workspace, or its user switched off',
	),
	as_user_not_supported: credential('This kind of token cannot post messages', NEW_TOKEN),
	cannot_reply_to_message: setting('This message takes no replies', THREAD),
	channel_not_found: NO_CHANNEL,
	ekm_access_denied: NOT_ALLOWED,
	enterprise_is_restricted: NOT_ALLOWED,
	fatal_error: outage('Slack could not finish the request'),
	internal_error: outage('Slack met a fault of its own'),
	invalid_arguments: setting(
		'Slack does not understand an argument of the request',
		'Check channel, thread and texts of this item.',
	),
	invalid_auth: credential('Slack did not accept the bot token'),
	invalid_blocks: BAD_BLOCKS,
	invalid_blocks_format: BAD_BLOCKS,
	invalid_channel: NO_CHANNEL,
	invalid_metadata_format: BAD_METADATA,
	invalid_metadata_schema: BAD_METADATA,
	invalid_thread_ts: NO_THREAD,
	is_archived: setting(
		'The channel is archived',
		'Unarchive it in Slack, or choose another channel.',
	),
	message_limit_exceeded: setting(
		'The workspace has reached the message limit of its plan',
		'See https://slack.com/help/articles/115002422943 for the limits of free workspaces.',
	),
	message_not_found: NO_THREAD,
	message_not_in_streaming_state: setting(
		'The message takes no more text',
		'Slack ends a streamed message after about five minutes, and when a user stops it.',
	),
	messages_tab_disabled: setting(
		'The app takes no direct messages',
		"Turn on the Messages Tab under 'App Home' of the app, with 'Allow users to send Slash commands and messages from the messages tab'. A manifest of the operation Create App Manifest has it turned on.",
	),
	metadata_must_be_sent_from_app: BAD_METADATA,
	metadata_too_large: BAD_METADATA,
	method_not_supported_for_channel_type: setting(
		'Slack does not do this in this kind of conversation',
		'Use a channel or a direct message with the app.',
	),
	missing_recipient_team_id: setting(
		'Slack wants to know for whom the answer is streamed',
		"Fill 'User ID' and 'Team ID' from the question, or turn off 'Stream to Slack'.",
	),
	missing_recipient_user_id: setting(
		'Slack wants to know for whom the answer is streamed',
		"Fill 'User ID' and 'Team ID' from the question, or turn off 'Stream to Slack'.",
	),
	msg_blocks_too_long: TOO_LONG,
	msg_too_long: TOO_LONG,
	no_permission: credential(
		'The token may not do this',
		'Check the scopes under OAuth & Permissions of the app, then install it again.',
	),
	no_text: setting('There is no text to post', "Check 'Text' of this item."),
	not_allowed_token_type: credential('This kind of token cannot be used here'),
	not_authed: credential('No token reached Slack'),
	not_in_channel: setting(
		'The app is not in this channel',
		'Invite it in Slack by writing /invite and its name with @ in the channel.',
	),
	org_login_required: outage('The workspace is being moved, and takes nothing for now'),
	posting_to_channel_denied: NOT_ALLOWED,
	ratelimited: RATE_LIMITED,
	rate_limited: RATE_LIMITED,
	request_timeout: outage('Slack did not receive the whole request'),
	restricted_action: NOT_ALLOWED,
	restricted_action_non_threadable_channel: NOT_ALLOWED,
	restricted_action_read_only_channel: NOT_ALLOWED,
	restricted_action_thread_locked: setting(
		'The thread is locked',
		'An administrator has closed it for replies.',
	),
	restricted_action_thread_only_channel: setting(
		'This channel takes replies in threads only',
		THREAD,
	),
	service_unavailable: outage('Slack is not available'),
	team_access_not_granted: NOT_ALLOWED,
	team_added_to_org: outage('The workspace is being moved, and takes nothing for now'),
	thread_not_found: NO_THREAD,
	token_expired: credential('The bot token has expired'),
	token_revoked: credential('The bot token has been revoked'),
	too_many_attachments: TOO_LONG,
	two_factor_setup_required: credential('The workspace asks for two-factor authentication first'),
	user_not_in_channel: setting(
		'The person who asked is not in this channel',
		"Turn off 'Stream to Slack' for such questions, or answer where the person can read it.",
	),
};

function missingScope({ method, needed, provided }: RefusalFacts): Explanation {
	const scope = needed ? `the scope ${needed}` : 'a scope';
	const has = provided ? ` It has: ${provided}.` : '';
	return credential(
		`The bot token lacks ${scope}`,
		`${method} needs it.${has} Add ${scope} under OAuth & Permissions > Bot Token Scopes of the app, and install the app again; the token stays the same.`,
	);
}

function unforeseen(code: string, { method }: RefusalFacts): Explanation {
	return {
		message: `Slack refused: ${code}`,
		description: `What it means is explained at https://docs.slack.dev/reference/methods/${encodeURIComponent(method)}.`,
	};
}
