import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { imageFromBytes, imageFromUrl, splitList } from '../../../../lib/openai/chat/images';
import { plainText } from '../../../../lib/openai/chat/json';
import { SettingError } from '../../../../lib/openai/settingError';
import {
	type Moderated,
	moderateImages,
	moderateTexts,
	type ModerationSettings,
	type Verdict,
} from '../../../../lib/openai/toolbox/moderate';
import { readTexts } from '../../../../lib/openai/toolbox/textInputs';
import type { OperationHandler } from '../../../shared/router';
import { modelOf } from '../../shared/textModel';

import { moderateFile } from './moderateFile';

interface ModerateOptions {
	flagFromScore?: unknown;
	imageText?: unknown;
}

export const moderate: OperationHandler = async (ctx, itemIndex, connection) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as ModerateOptions;
	const settings: ModerationSettings = {
		model: modelOf(ctx, itemIndex, 'moderation', connection),
		flagFromScore: scoreOf(options.flagFromScore),
	};
	const { transport } = connection;
	const inputType = ctx.getNodeParameter('inputType', itemIndex) as string;
	if (inputType === 'jsonl') return await moderateFile(ctx, itemIndex, connection, settings);
	if (inputType === 'text') {
		const texts = readTexts(ctx.getNodeParameter('text', itemIndex, ''), 'Text');
		return output(ctx, itemIndex, await moderateTexts(transport, texts, settings));
	}
	const urls = await imageUrls(ctx, itemIndex, inputType);
	const text = plainText(options.imageText).trim();
	const images = urls.map((imageUrl) => ({ imageUrl, ...(text ? { text } : {}) }));
	return output(ctx, itemIndex, await moderateImages(transport, images, settings));
};

function output(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ verdicts, model, raw }: Moderated,
): INodeExecutionData[] {
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const summary = summaryOf(verdicts);
	const json = simplify
		? { ...summary, model }
		: { ...summary, model, response: { model, results: raw as IDataObject[] } };
	return [{ json }];
}

/** The verdict on all inputs of an item together, and on each by its number. */
function summaryOf(verdicts: Verdict[]): IDataObject {
	const worst = verdicts.reduce((a, b) => (b.max_score > a.max_score ? b : a));
	const scores = new Map<string, number>();
	for (const { category_scores: own } of verdicts) {
		for (const [name, score] of Object.entries(own)) {
			scores.set(name, Math.max(score, scores.get(name) ?? 0));
		}
	}
	const categories = new Set(verdicts.flatMap((verdict) => verdict.flagged_categories));
	const results = verdicts.map((verdict, index) => ({ input: index + 1, ...verdict }));
	return {
		flagged: verdicts.some(({ flagged }) => flagged),
		flagged_categories: [...categories],
		flagged_inputs: results.filter(({ flagged }) => flagged).map(({ input }) => input),
		checked: verdicts.length,
		max_score: worst.max_score,
		max_category: worst.max_category,
		category_scores: Object.fromEntries(scores),
		...(verdicts.length > 1 ? { results: results as unknown as IDataObject[] } : {}),
	};
}

async function imageUrls(
	ctx: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
): Promise<string[]> {
	const isFile = inputType === 'imageFile';
	const name = isFile ? 'imageBinaryFields' : 'imageUrls';
	const wanted = splitList(ctx.getNodeParameter(name, itemIndex, ''));
	if (wanted.length === 0) {
		const setting = isFile ? 'Image Binary Fields' : 'Image URLs';
		throw new SettingError(
			`'${setting}' is empty`,
			isFile
				? 'Enter the name of the binary field that holds the image, e.g. data.'
				: 'Enter an address that begins with https://.',
			setting,
		);
	}
	if (!isFile) return wanted.map((url) => imageFromUrl(url).image_url.url);
	const urls: string[] = [];
	for (const field of wanted) {
		const { fileName = field } = ctx.helpers.assertBinaryData(itemIndex, field);
		const bytes = await ctx.helpers.getBinaryDataBuffer(itemIndex, field);
		urls.push(imageFromBytes(bytes, fileName).image_url.url);
	}
	return urls;
}

function scoreOf(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const score = Number(value);
	if (score >= 0 && score <= 1) return score;
	throw new SettingError(
		`'Flag From Score' cannot be '${plainText(value).slice(0, 40)}'`,
		'Enter a number from 0 to 1, or remove the option.',
		'Flag From Score',
	);
}
