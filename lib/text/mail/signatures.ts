/** What stands further from the end is no signature. */
export const MAX_SIGNATURE_LINES = 20;

const DEVICE = new RegExp(
	'^(?:' +
		[
			'Sent from (?:my|a|an|the) .{2,60}',
			'Sent from (?:Outlook|Mail|Yahoo|Proton|Samsung|Windows).{0,60}',
			'Get Outlook for (?:iOS|Android|Mac)',
			'Von meinem .{2,40} gesendet',
			'Gesendet (?:von|mit|über|aus) .{2,60}',
			'Holen Sie sich Outlook.{0,40}',
			'Envoyé (?:de|depuis) mon .{2,40}',
			'Enviado desde (?:mi|el) .{2,40}',
			'Enviado do meu .{2,40}',
			'Inviato da(?:l mio)? .{2,40}',
			'Verzonden vanaf mijn .{2,40}',
			'Skickat från min .{2,40}',
			'Sendt fra min .{2,40}',
			'Wysłane z .{2,40}',
			'.{2,30}から送信',
			'发自我的.{2,30}',
			'.{2,30}에서 보냄',
			'أُ?رسلت من .{2,40}',
		].join('|') +
		')[.!]?$',
	'i',
);

/** The line that mail programs put between a text and a signature. */
export function isSignatureLine(line: string): boolean {
	return /^(?:\\?--|—|\\?-- )$/.test(line.trim()) && line.trimStart() === line;
}

export function isDeviceLine(line: string): boolean {
	return line.length < 300 && DEVICE.test(withoutLinks(line).trim());
}

function withoutLinks(line: string): string {
	return line.replace(/\[([^[\]]{1,100})\]\([^()]{0,200}\)/g, '$1').replace(/[*_]/g, '');
}
