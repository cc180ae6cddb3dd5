import { SettingError } from '../../../../lib/openai/settingError';
import { assertFetchedImage } from '../../../../lib/openai/toolbox/fetchedImage';

const URL_ = 'https://cdn.acme.test/made/1.png?signature=hidden';
const PNG = Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1');
const JPEG = Buffer.from('\xff\xd8\xff\xe0....', 'latin1');
const WEBP = Buffer.from('RIFF....WEBPVP8 ', 'latin1');
const GIF = Buffer.from('GIF89a....');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
const BMP = Buffer.from('BM......');
const HTML = Buffer.from('<!DOCTYPE html><title>Sign in</title>');
const PDF = Buffer.from('%PDF-1.7');

it.each<[string, Buffer, string | undefined]>([
	['PNG', PNG, 'image/png'],
	['JPEG', JPEG, 'image/jpeg'],
	['WebP', WEBP, 'IMAGE/WEBP; q=1'],
	['GIF', GIF, 'image/gif'],
	['PNG that is called JPEG', PNG, 'image/jpeg'],
	['PNG of a storage server', PNG, 'application/octet-stream'],
	['GIF of another one', GIF, 'binary/octet-stream'],
	['JPEG without a type', JPEG, undefined],
	['SVG', SVG, 'image/svg+xml'],
])('takes a %s', (_name, head, type) => {
	expect(() => assertFetchedImage(head, type, URL_)).not.toThrow();
});

it.each<[string, Buffer, string | undefined, string]>([
	['a login page', HTML, 'text/html; charset=utf-8', 'a web page came from there (as text/html)'],
	['a login page that is called PNG', HTML, 'image/png', 'a web page came from there (as image/'],
	['a PDF document', PDF, 'application/pdf', 'a PDF document came from there (as application/pdf)'],
	['JSON', Buffer.from('{"error":1}'), 'application/json', 'JSON text came from there'],
	[
		'an image that is called a page',
		PNG,
		'text/html',
		'a PNG image came from there (as text/html)',
	],
	['nothing', Buffer.alloc(0), 'image/png', 'nothing at all came from there'],
	[
		'noise',
		Buffer.from([0, 1, 2, 3]),
		undefined,
		'a file of an unknown kind came from there (with',
	],
	['text that begins with BM', BMP, undefined, 'a BMP image came from there (without a content'],
	[
		'a page that begins with a comment',
		Buffer.from('<!-- --><svg>'),
		'text/html',
		'(as text/html)',
	],
])('refuses %s', (_name, head, type, message) => {
	const refused = () => assertFetchedImage(head, type, URL_);
	expect(refused).toThrow(SettingError);
	expect(refused).toThrow(message);
});

it('says where it came from, without the signature in the address', () => {
	try {
		assertFetchedImage(HTML, 'text/html', URL_);
		throw new Error('was taken');
	} catch (error) {
		const { description } = error as SettingError;
		expect(description).toContain('https://cdn.acme.test/made/1.png.');
		expect(description).not.toContain('hidden');
	}
});
