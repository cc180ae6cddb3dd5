import { type Draft, lines, paragraphs, said } from './draft';

/** Tickets in other languages than English. */
export const LANGUAGES: Draft[] = [
	{
		subject: 'VPN trennt sich alle paar Minuten',
		requester: 'lukas',
		agent: 'jonas',
		status: 'closed',
		resolution: 'fixed',
		category: 'network',
		tags: ['vpn', 'homeoffice'],
		priority: 'normal',
		language: 'de',
		messages: [
			said(
				'lukas',
				'2026-01-14 08:12',
				'Guten Morgen, im Homeoffice trennt sich „Alderbrook Connect“ alle fünf Minuten. Im Büro passiert das nicht. Ich brauche das Lagersystem aber den ganzen Tag.',
			),
			said(
				'jonas',
				'2026-01-14 08:50',
				paragraphs(
					'Guten Morgen Lukas, das liegt fast immer am Energiesparen der WLAN-Karte. Bitte so ausschalten:',
					lines(
						'1. Geräte-Manager öffnen, „Netzwerkadapter“ aufklappen.',
						'2. Beim WLAN-Adapter auf **Eigenschaften > Energieverwaltung**.',
						'3. Den Haken bei „Computer kann das Gerät ausschalten“ entfernen.',
					),
					'Danach einmal neu starten. Falls es bleibt, ruf bitte unter Durchwahl 4000 an, dann schauen wir auf den Router.',
				),
			),
			said('lukas', '2026-01-14 11:30', 'Seit zwei Stunden keine Trennung mehr. Danke!'),
		],
		rating: 'good',
	},
	{
		// A German mail, quoted with a sentence that is wrapped over two lines.
		subject: 'AW: Krankmeldung im Zeitportal hochladen',
		requester: 'clara',
		agent: 'ines',
		status: 'closed',
		resolution: 'answered',
		category: 'policies',
		tags: ['sick-leave', 'portal'],
		priority: 'normal',
		language: 'de',
		traits: ['mailQuote', 'signature'],
		messages: [
			said(
				'clara',
				'2026-01-19 07:20',
				'Wo lade ich die Krankmeldung hoch, und reicht ein Foto? Ich bin seit Freitag krank.',
			),
			said(
				'ines',
				'2026-01-19 08:05',
				lines(
					'Hallo Clara, ein gut lesbares Foto genügt. Du findest das Feld im Zeitportal unter „Abwesenheit“, „Nachweis“. Nötig ist es erst ab dem vierten Tag, und gute Besserung!',
					'',
					'--',
					'Ines Carvalho',
					'People Operations',
					'',
					'Am Mo., 19. Jan. 2026 um 08:20 Uhr schrieb Clara Neumann',
					'<clara.neumann@alderbrook.example>:',
					'',
					'> Wo lade ich die Krankmeldung hoch, und reicht ein Foto?',
					'> Ich bin seit Freitag krank.',
				),
				{
					html: '<html><body><div>Hallo Clara, ein gut lesbares Foto genügt. Du findest das Feld im Zeitportal unter „Abwesenheit“, „Nachweis“. Nötig ist es erst ab dem vierten Tag, und gute Besserung!</div><div class="moz-signature">-- <br>Ines Carvalho<br>People Operations</div><div class="moz-cite-prefix">Am 19.01.26 um 08:20 schrieb Clara Neumann:<br></div><blockquote type="cite" cite="mid:1@alderbrook.example"><p>Wo lade ich die Krankmeldung hoch, und reicht ein Foto? Ich bin seit Freitag krank.</p></blockquote></body></html>',
				},
			),
		],
	},
	{
		subject: '¿Cuándo se paga la nómina de diciembre?',
		requester: 'rafael',
		agent: 'owen',
		status: 'closed',
		resolution: 'answered',
		category: 'payroll',
		tags: ['salary'],
		priority: 'low',
		language: 'es',
		messages: [
			said(
				'rafael',
				'2026-01-22 12:40',
				'Hola, este mes el 27 cae en martes, pero en diciembre cayó en sábado y cobré el viernes. ¿Cuál es la regla? Lo pregunto por una domiciliación.',
			),
			said(
				'owen',
				'2026-01-22 13:15',
				'Hola Rafael: la nómina se paga el día 27 de cada mes o, si no es laborable, el último día laborable anterior. Si tu domiciliación se carga el 28, siempre llega a tiempo.',
			),
		],
	},
	{
		subject: 'El lector de códigos no se conecta por Bluetooth',
		requester: 'sofia',
		agent: 'tomas',
		status: 'solved',
		resolution: 'fixed',
		category: 'hardware',
		tags: ['scanner', 'warehouse'],
		priority: 'high',
		language: 'es',
		messages: [
			said(
				'sofia',
				'2026-01-28 06:15',
				'El lector de códigos del pasillo 7 parpadea en azul y no se conecta a la tableta desde el turno de noche.',
			),
			said(
				'tomas',
				'2026-01-28 06:40',
				'Estaba vinculado a otra tableta. Mantén pulsado el gatillo quince segundos hasta que suene dos veces, borra «SCAN-07» de la lista de Bluetooth de la tableta y vuelve a vincularlo con el código 0000 que aparece en la pantalla.',
			),
			said('sofia', '2026-01-28 06:58', 'Perfecto, ya lee. ¡Gracias!'),
		],
		rating: 'good',
	},
	{
		subject: '経費精算の締め切りについて',
		requester: 'yuki',
		agent: 'owen',
		status: 'closed',
		resolution: 'answered',
		category: 'payroll',
		tags: ['expenses'],
		priority: 'normal',
		language: 'ja',
		messages: [
			said(
				'yuki',
				'2026-02-03 02:10',
				'出張の領収書を経費ポータルに登録しました。今月の給与と一緒に振り込まれますか?登録したのは16日です。',
			),
			said(
				'owen',
				'2026-02-03 09:00',
				'田中さん、15日までに登録された経費は次の給与と一緒に振り込まれます。16日の登録分は、その次の月の27日の振り込みになります。領収書は30日以内に登録していただければ大丈夫です。',
			),
			said('yuki', '2026-02-03 09:20', 'わかりました。ありがとうございます。'),
		],
	},
	{
		// Hebrew with Latin words, numbers and a code in it.
		subject: 'המדפסת לא מזהה את הכרטיס שלי',
		requester: 'farid',
		agent: 'tomas',
		status: 'closed',
		resolution: 'fixed',
		category: 'hardware',
		tags: ['printer', 'badge'],
		priority: 'normal',
		language: 'he',
		traits: ['rightToLeft'],
		messages: [
			said(
				'farid',
				'2026-02-09 08:33',
				'כשאני מצמיד את הכרטיס למדפסת `BER-3-SOUTH` מופיעה השגיאה "Badge unknown (E-17)". הכרטיס החדש הגיע ביום ראשון.',
			),
			said(
				'tomas',
				'2026-02-09 09:12',
				'צריך לשייך את הכרטיס החדש פעם אחת: הקש על "Register badge" במסך המדפסת, הזן את שם המשתמש והסיסמה שלך והצמד שוב את הכרטיס. השיוך תקף לכל המדפסות.',
			),
		],
	},
	{
		subject: 'Impossible de réserver une salle pour plus de deux heures',
		requester: 'chloe',
		agent: 'hana',
		status: 'closed',
		resolution: 'answered',
		category: 'facilities',
		tags: ['meeting-room'],
		priority: 'low',
		language: 'fr',
		messages: [
			said(
				'chloe',
				'2026-02-12 10:04',
				'Bonjour, le calendrier refuse ma réservation de la salle Érable pour toute la matinée. Y a-t-il une limite ?',
			),
			said(
				'hana',
				'2026-02-12 10:45',
				"Bonjour Chloé, les salles du deuxième étage se réservent pour deux heures au plus. Pour une matinée entière, prenez la salle Cèdre au quatrième étage. N'oubliez pas de valider votre arrivée sur l'écran dans les dix minutes, sinon la salle est libérée.",
			),
		],
	},
];
