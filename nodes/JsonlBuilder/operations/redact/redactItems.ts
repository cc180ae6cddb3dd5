import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { JsonObject, JsonValue } from '../../../../lib/dataset/types';
import { mapItemTexts } from '../../../../lib/privacy/exampleTexts';
import { peopleIn } from '../../../../lib/privacy/people';
import type { Redacted } from '../../../../lib/privacy/redactor';
import { newSealingSecret, type SealingSecret, sealVault } from '../../../../lib/privacy/vault';
import { hint } from '../../../shared/hint';
import { runItem } from '../../../shared/router';
import type { TwoOutputs } from '../../operation';

import { mergedReport } from './report';
import { type Redaction, Redactions, refuseTaken } from './settings';
import { readPassphrase } from './vaultCredential';

/** Items that the report is linked to. */
const MAX_LINKS = 1000;
const PAUSE_AFTER_MS = 25;

/** One item that was redacted, before its vault is sealed. */
interface Done {
	redaction: Redaction;
	vault: Map<string, string>;
}

/** All items of the run, as pseudonyms are the same all through it; and a report. */
export async function redactItems(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const redactions = new Redactions(ctx);
	const secrets = new SealingSecrets(ctx);
	const inputs = ctx.getInputData();
	const done = new Map<number, Done>();
	const items: INodeExecutionData[] = [];
	let since = performance.now();
	for (let index = 0; index < inputs.length; index++) {
		const [item] = await runItem(ctx, index, async () => {
			const redaction = redactions.of(index);
			refuseTaken(inputs[index].json, redaction.vault);
			if (redaction.vault) await secrets.of(index);
			const { value, vault } = redactOne(inputs[index], redaction);
			done.set(index, { redaction, vault });
			const { binary } = inputs[index];
			return [{ json: value as IDataObject, ...(binary ? { binary } : {}) }];
		});
		items.push(item);
		if (performance.now() - since < PAUSE_AFTER_MS) continue;
		await sleep(0, ctx.getExecutionCancelSignal());
		since = performance.now();
	}
	finish(items, done, redactions, secrets);
	if (done.size > 0) warnOfMissingFields(ctx, redactions);
	return [items, [reportItem(redactions, inputs.length)]];
}

/** Nothing was redacted there, which nobody should take for clean. */
function warnOfMissingFields(ctx: IExecuteFunctions, { all }: Redactions): void {
	const names = new Set(all.flatMap(({ fields }) => fields.neverFound));
	if (names.size === 0) return;
	const list = [...names].map((name) => `'${name}'`).join(', ');
	hint(
		ctx,
		`No item has the field ${list} of 'Fields': nothing was redacted there. Check the name.`,
	);
}

function redactOne(
	{ json }: INodeExecutionData,
	redaction: Redaction,
): { value: JsonValue; vault: Map<string, string> } {
	const people = redaction.people ? peopleIn(redaction.people.read(json)) : [];
	return onFields(json as JsonObject, redaction, (part) =>
		redaction.redactor.redact(part, mapItemTexts, people),
	);
}

/** All of an item, or the chosen fields of it as one example. */
function onFields(
	json: JsonObject,
	{ fields }: Redaction,
	redact: (part: JsonValue) => Redacted,
): { value: JsonValue; vault: Map<string, string> } {
	if (!fields.isLimited) return redact(json);
	const { value, vault } = redact(fields.take(json));
	return { value: fields.put(json, value as { [path: string]: JsonValue }), vault };
}

/** No value of the run may stand in any item; only then vaults are sealed. */
function finish(
	items: INodeExecutionData[],
	done: ReadonlyMap<number, Done>,
	redactions: Redactions,
	secrets: SealingSecrets,
): void {
	const survivors = new Map(
		redactions.all.map((redaction) => [redaction, redaction.redactor.survivors()]),
	);
	for (const [index, { redaction, vault }] of done) {
		const left = survivors.get(redaction);
		if (left && left.size > 0) {
			const cleaned = onFields(items[index].json as JsonObject, redaction, (part) =>
				redaction.redactor.redactSurvivors(part, mapItemTexts, left),
			);
			items[index].json = cleaned.value as IDataObject;
			cleaned.vault.forEach((value, placeholder) => vault.set(placeholder, value));
		}
		if (redaction.vault)
			items[index].json = {
				...items[index].json,
				[redaction.vault.field]: sealVault(vault, secrets.known),
			};
	}
}

function reportItem(redactions: Redactions, count: number): INodeExecutionData {
	return {
		json: mergedReport(redactions.all.map(({ redactor }) => redactor.report())),
		pairedItem: Array.from({ length: Math.min(count, MAX_LINKS) }, (_, item) => ({ item })),
	};
}

/** The passphrase is derived once a run. */
class SealingSecrets {
	private secret: SealingSecret | undefined;

	constructor(private readonly ctx: IExecuteFunctions) {}

	async of(itemIndex: number): Promise<SealingSecret> {
		this.secret ??= await newSealingSecret(await readPassphrase(this.ctx, itemIndex));
		return this.secret;
	}

	get known(): SealingSecret {
		return this.secret!;
	}
}
