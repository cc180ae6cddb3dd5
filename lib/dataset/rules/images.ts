import { child, quoted } from '../paths';
import type { JsonObject, JsonValue } from '../types';
import { eachPart } from './content';
import { WITH_MESSAGES, DPO, type ExampleView, type Report, type Rule } from './types';
import { isObject, nameMessage, nameType, own } from './view';

/** Limits of https://developers.openai.com/api/docs/guides/vision-fine-tuning. */
export const MOST_IMAGES = 10;
export const MOST_IMAGE_BYTES = 10 * 1024 * 1024;

const DETAILS = ['auto', 'low', 'high'];
const DATA_URL = /^data:([^;,]{0,100})((?:;[^;,]{0,100}){0,10}),/i;
/** How base64 of each allowed type begins: 89 50 4E 47, FF D8 FF, `RIFF`. */
const SIGNATURES = new Map([
	['image/png', 'iVBORw0KGgo'],
	['image/jpeg', '/9j/'],
	['image/jpg', '/9j/'],
	['image/webp', 'UklGR'],
]);
const OTHER_TYPES = /\.(gif|svg|bmp|tiff?|heic|heif|avif|pdf|ico)$/i;

export const imageRules: Rule[] = [
	{
		code: 'image_not_from_user',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachImage(example, ({ path, view }) => {
				if (view.role === 'user') return;
				report(
					path,
					`${nameMessage(view)} holds an image; only the user may show images.`,
					'Move it to a message of the user.',
				);
			}),
	},
	{
		code: 'too_many_images',
		severity: 'error',
		formats: WITH_MESSAGES,
		check(example, report) {
			const images = countImages(example);
			if (images <= MOST_IMAGES) return;
			report(
				'',
				`The example has ${images} images; ${MOST_IMAGES} are allowed.`,
				'Leave images out, or split the conversation.',
			);
		},
	},
	{
		code: 'invalid_image',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachImage(example, ({ image, path }) => checkImage(image, child(path, 'image_url'), report)),
	},
	{
		code: 'image_type_by_name',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachImage(example, ({ image, path }) => {
				const url = isObject(image) ? own(image, 'url') : undefined;
				if (typeof url !== 'string' || !/^https?:/i.test(url)) return;
				const type = OTHER_TYPES.exec(url.slice(0, 2000).split(/[?#]/, 1)[0]);
				if (!type) return;
				report(
					child(child(path, 'image_url'), 'url'),
					`The address ends in .${type[1]}; images must be JPEG, PNG or WEBP.`,
					'Convert the image; the server passes over others without a word.',
				);
			}),
	},
	{
		code: 'image_in_preference_example',
		severity: 'error',
		formats: DPO,
		check: (example, report) =>
			eachImage(example, ({ path }) =>
				report(path, 'Preference examples (DPO) are text only.', 'Leave the image out.'),
			),
	},
];

/** How many images an example shows. */
export function countImages(example: ExampleView): number {
	let images = 0;
	eachImage(example, () => images++);
	return images;
}

type PartVisit = Parameters<Parameters<typeof eachPart>[1]>[0];

function eachImage(
	example: ExampleView,
	look: (image: Omit<PartVisit, 'part'> & { image: JsonValue | undefined }) => void,
): void {
	eachPart(example, ({ part, path, view }) => {
		if (!isObject(part) || own(part, 'type') !== 'image_url') return;
		look({ image: own(part, 'image_url'), path, view });
	});
}

function checkImage(image: JsonValue | undefined, path: string, report: Report): void {
	const fix = 'Write {"type": "image_url", "image_url": {"url": "https://…"}}.';
	if (!isObject(image)) {
		report(
			path,
			`The image is ${nameType(image)}${image === undefined ? '' : ', not an object'}.`,
			fix,
		);
		return;
	}
	checkDetail(image, path, report);
	const url = own(image, 'url');
	if (typeof url === 'string' && /^https?:\/\/[^\s/]/i.test(url)) return;
	const data = typeof url === 'string' ? DATA_URL.exec(url) : null;
	if (!data) {
		report(child(path, 'url'), 'The image has no http(s) address and no data URL.', fix);
		return;
	}
	const fault = dataFault(
		data,
		(url as string).length - data[0].length,
		(url as string).slice(data[0].length, data[0].length + 16),
	);
	if (fault) report(child(path, 'url'), ...fault);
}

function checkDetail(image: JsonObject, path: string, report: Report): void {
	for (const key of Object.keys(image)) {
		if (key === 'url' || key === 'detail') continue;
		report(
			child(path, key),
			`The image has the key ${quoted(key)}, which the server does not know.`,
			'Remove it.',
		);
	}
	const detail = own(image, 'detail');
	if (detail === undefined || DETAILS.includes(String(detail))) return;
	report(
		child(path, 'detail'),
		'The detail of an image is auto, low or high.',
		'Use one of the three, or leave it out.',
	);
}

function dataFault(
	[, type, parameters]: RegExpExecArray,
	length: number,
	start: string,
): [message: string, fix: string] | undefined {
	const signature = SIGNATURES.get(type.toLowerCase());
	if (signature === undefined) {
		return [
			`The image is ${type === '' ? 'of no stated type' : `of the type ${quoted(type)}`}; JPEG, PNG and WEBP are allowed.`,
			'Convert the image.',
		];
	}
	if (!/;base64$/i.test(parameters)) {
		return ['The data URL of the image is not base64.', 'Write data:image/png;base64,…'];
	}
	const bytes = Math.floor((length * 3) / 4);
	if (bytes > MOST_IMAGE_BYTES) {
		return [
			`The image has ${(bytes / 1024 / 1024).toFixed(1)} MB; 10 MB are allowed.`,
			'Scale the image down.',
		];
	}
	if (!start.startsWith(signature)) {
		return [
			`The data of the image is not what its type says (${type}).`,
			'State the type the image really has, and check that it is base64.',
		];
	}
	return undefined;
}
