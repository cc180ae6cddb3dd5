/**
 * Small words that say which language a text is in, commonest first, and letters that few languages have. Written for
 * this project. ISO 639-1 codes; `no` is Norwegian Bokmål.
 */
export const SMALL_WORDS: ReadonlyArray<readonly [language: string, words: string]> = [
	[
		'en',
		'the to and of is in it you for that on with this are be not have was can your if but from please will has at when we my do does an or as by would been there how after me they any just what which thanks hello hi try open click',
	],
	[
		'de',
		'die der und ich nicht das ist sie in zu den mit auf ein eine es von für im dem bitte sich wir haben kann wird auch wie bei oder nach noch wenn ihr ihre hat sind aus aber mein meine werden einen einer uns keine über wurde können vielen hallo danke dann wie seit',
	],
	[
		'fr',
		"de la le les et je est pas des vous un une pour que en sur dans ne mon votre avec ce à du nous il qui au plus par mais j'ai c'est ma avez être si cette bonjour merci suis ai sont nos notre cliquez depuis aussi tout faire fait",
	],
	[
		'es',
		'de la que el en y no los se un por con una para me mi es las del su lo al como pero más ha si esta está hola gracias puede usted cuando desde este favor ya son tiene sin también hacer nos nuestro muy he haga clic',
	],
	[
		'pt',
		'de que não o a e do da em um para com uma os no se na por mais as dos como mas ao ele foi meu minha está você seu sua obrigado olá isso este pode já são também ou quando muito nos pelo fazer clique sem tem eu',
	],
	[
		'it',
		"di che e il la non un per è in una mi sono del con si ho le da i al ma come della nel questo può anche se grazie ciao salve più gli ha dei alla mio mia buongiorno essere stato perché quando nella suo fare clic sul l'ho c'è delle",
	],
	[
		'nl',
		'de het een en van ik is niet dat in te op met voor je u zijn maar aan er heeft heb om bij ook als dan nog wel naar kan wordt dit deze uw mijn geen kunt hallo bedankt wat door over werd uit hebben worden klik kunnen graag',
	],
	[
		'pl',
		'nie w na i się z do jest to że o jak po mam proszę czy dla ale od przez za już są może był tylko przy można tego który która aby jeśli oraz dziękuję dzień dobry pan pani być moje moja mi ma będzie ze co kliknij',
	],
	[
		'sv',
		'och att det i en jag är på som för inte med av har den till ett om kan du så men vi från min ni hej tack när efter där eller var vill mitt era din måste skulle också vid bara hur nu får blir mig klicka ska',
	],
	[
		'da',
		'og at det i en jeg er på som for ikke med af har den til et om kan du så men vi fra min hej tak når efter der eller var vil mit jeres din skal også ved kun hvordan nu får bliver mig hvad blev noget kunne klik dig',
	],
	[
		'no',
		'og at det i en jeg er på som for ikke med av har den til et om kan du så men vi fra min hei takk når etter der eller var vil mitt deres din må også ved bare hvordan nå får blir meg hva ble noe kunne klikk deg dere',
	],
	[
		'fi',
		'ja on ei se että en olen mutta kun niin kuin tai hän jos voi ole ovat oli minun kiitos hei myös sitten vain tämä mitä nyt siitä minulla teidän voit sen joka kanssa mukaan jälkeen ennen vielä pitäisi onko ettei',
	],
	[
		'cs',
		'a se v na je že to s z do o i ale jak k ve jsem pro za by po jsou od při mám není prosím děkuji dobrý den tak co nebo který která již bude můžete máte jsme být vám váš když jen ještě mi mě klikněte aby',
	],
	[
		'tr',
		'bir ve bu için de da ne çok ama ile mi daha var olarak gibi kadar sonra değil ben şu ya en olan lütfen teşekkürler merhaba nasıl her yok iyi size sizin hesabım benim olduğunu ederim tıklayın veya oldu göre ancak',
	],
	[
		'ro',
		'și de la în nu un o cu pe că este să am care pentru din mai se ce dar sunt fost a fi ai mi vă bună ziua mulțumesc vreau dacă când fără după acest aceasta contul meu mea poate puteți îmi lui ale',
	],
	[
		'hu',
		'a az és nem hogy egy is van meg ha már de mert csak vagy kell volt ez el én köszönöm kérem jó napot mint még lehet sem fel ki be azt nincs tudom után amikor hogyan önnek kattintson szeretném lesz',
	],
	[
		'ru',
		'и в не на я с что по как это для мы у но при после вы к из за от не пожалуйста здравствуйте спасибо меня мне можно если ваш есть или бы так все уже о было был только нет его чтобы будет нужно вас',
	],
	[
		'uk',
		'і в не на я з що по як це для ми у але при після ви до із за від будь ласка доброго дня дякую мене мені можна якщо ваш є або би так все вже про було був тільки немає його щоб буде потрібно вас та',
	],
	[
		'bg',
		'и в не на аз с че по как това за ние у но при след вие до от да се моля здравейте благодаря мен ми може ако вашия е или би така всичко вече беше само няма ще трябва съм сте са',
	],
	[
		'ar',
		'في من على لا إلى أن هذا مع لم بعد عند هل ما كان التي الذي قد عن يرجى شكرا مرحبا يمكن كل أو لقد ثم هذه',
	],
	[
		'fa',
		'در از به که این را با است برای آن یک تا می نمی خود بر شما من ها لطفا سلام هم یا شده کنید',
	],
	['hi', 'है के की नहीं का से को और पर में यह हम कृपया मेरा हैं था कर हो भी तो ने मुझे आप लिए'],
	['mr', 'आहे आणि नाही मी हे ते आम्ही कृपया माझे तुम्ही होते करा मध्ये या व'],
];

/** Letters that speak for a language wherever they stand. */
export const TELLING_LETTERS: ReadonlyArray<readonly [language: string, letters: string]> = [
	['de', 'ß'],
	['es', 'ñ¿¡'],
	['pt', 'ãõ'],
	['pl', 'łąężźśćń'],
	['sv', 'äö'],
	['fi', 'äö'],
	['de', 'äöü'],
	['da', 'øæ'],
	['no', 'øæ'],
	['cs', 'řěů'],
	['tr', 'ğış'],
	['ro', 'țșă'],
	['hu', 'őű'],
	['uk', 'іїєґ'],
	['ru', 'ыэё'],
	['fa', 'پچژگ'],
];

/** What a script is written in when it serves one language, or one that is by far the commonest. */
export const SCRIPT_LANGUAGES: ReadonlyArray<
	readonly [first: number, last: number, language: string]
> = [
	[0x0370, 0x03ff, 'el'],
	[0x0530, 0x058f, 'hy'],
	[0x0590, 0x05ff, 'he'],
	[0x0980, 0x09ff, 'bn'],
	[0x0a00, 0x0a7f, 'pa'],
	[0x0a80, 0x0aff, 'gu'],
	[0x0b80, 0x0bff, 'ta'],
	[0x0c00, 0x0c7f, 'te'],
	[0x0c80, 0x0cff, 'kn'],
	[0x0d00, 0x0d7f, 'ml'],
	[0x0d80, 0x0dff, 'si'],
	[0x0e00, 0x0e7f, 'th'],
	[0x0e80, 0x0eff, 'lo'],
	[0x1000, 0x109f, 'my'],
	[0x10a0, 0x10ff, 'ka'],
	[0x1200, 0x137f, 'am'],
	[0x1780, 0x17ff, 'km'],
	[0x3040, 0x30ff, 'ja'],
	[0x1100, 0x11ff, 'ko'],
	[0xac00, 0xd7a3, 'ko'],
];

/** Languages that can be told, with the name that people know them by. */
export const LANGUAGE_NAMES: ReadonlyMap<string, string> = new Map([
	['am', 'Amharic'],
	['ar', 'Arabic'],
	['bg', 'Bulgarian'],
	['bn', 'Bengali'],
	['cs', 'Czech'],
	['da', 'Danish'],
	['de', 'German'],
	['el', 'Greek'],
	['en', 'English'],
	['es', 'Spanish'],
	['fa', 'Persian'],
	['fi', 'Finnish'],
	['fr', 'French'],
	['gu', 'Gujarati'],
	['he', 'Hebrew'],
	['hi', 'Hindi'],
	['hu', 'Hungarian'],
	['hy', 'Armenian'],
	['it', 'Italian'],
	['ja', 'Japanese'],
	['ka', 'Georgian'],
	['km', 'Khmer'],
	['kn', 'Kannada'],
	['ko', 'Korean'],
	['lo', 'Lao'],
	['ml', 'Malayalam'],
	['mr', 'Marathi'],
	['my', 'Burmese'],
	['nl', 'Dutch'],
	['no', 'Norwegian'],
	['pa', 'Punjabi'],
	['pl', 'Polish'],
	['pt', 'Portuguese'],
	['ro', 'Romanian'],
	['ru', 'Russian'],
	['si', 'Sinhala'],
	['sv', 'Swedish'],
	['ta', 'Tamil'],
	['te', 'Telugu'],
	['th', 'Thai'],
	['tr', 'Turkish'],
	['uk', 'Ukrainian'],
	['und', 'Undetermined'],
	['zh', 'Chinese'],
]);
