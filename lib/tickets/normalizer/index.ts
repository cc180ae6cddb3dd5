/** Tickets from what other nodes output. */
import { SettingError } from '../../openai/settingError';
import { freshdesk, gitHub, hubSpot, intercom } from './presets/desks';
import { fields } from './presets/fields';
import { jira, salesforce, serviceNow, zendesk } from './presets/ownSystems';
import { confluence, notion } from './presets/pages';
import type { Normalize, Normalized, NormalizerOptions, Preset, SourceRecord } from './types';

export type { FieldMap, Normalized, NormalizerOptions, Preset, SourceRecord } from './types';

const PRESETS = new Map<string, Normalize>(
	Object.entries({
		confluence,
		fields,
		freshdesk,
		gitHub,
		hubSpot,
		intercom,
		jira,
		notion,
		salesforce,
		serviceNow,
		zendesk,
	} satisfies Record<Preset, Normalize>),
);

/**
 * One record as a Ticket; what is missing there is missing in the ticket.
 *
 * @throws SettingError for a preset that does not exist, and for a record that is of another kind altogether.
 */
export function normalizeRecord(
	preset: string,
	record: SourceRecord,
	options: NormalizerOptions,
): Normalized {
	const normalize = PRESETS.get(preset);
	if (!normalize) {
		throw new SettingError(
			`There is no source '${preset}'`,
			`Use one of: ${[...PRESETS.keys()].join(', ')}.`,
			'Source',
		);
	}
	try {
		return normalize(record, options);
	} catch (cause) {
		return misfit(preset, cause);
	}
}

function misfit(preset: string, cause: unknown): never {
	throw new SettingError(
		`The item is not what '${preset}' gives: ${cause instanceof Error ? cause.message : String(cause)}`,
		"Pick the source that the items come from. For anything else pick 'Fields of Any Item' and name the fields.",
		'Source',
	);
}
