// Owns which part a column plays, by its name in a heading; other languages as geodata/importing/guesses has them.

const OF_WHAT = "((geo|event|incident|location|place|point|gps|decimal) ?)?";
/** @type {Record<string, RegExp>} */
const HEADINGS = {
  lat: new RegExp(`^(y|breite(ngrad)?|y coord(inate)?|${OF_WHAT}lat(itude?)?( wgs ?84)?)$`),
  lon: new RegExp(`^(x|l[aä]nge(ngrad)?|x coord(inate)?|${OF_WHAT}(lng|long?|longitude?)( wgs ?84)?)$`),
  date: new RegExp("^(((event|incident|start|occurred) )?date( (start|occurred))?|date ?time|datum|fecha|when"
    + "|date of (the )?(event|incident|attack))$"),
  title: /^(title|headline|titel|name|label|event|incident|short description)$/,
  place: /^(place|location|location name|place name|city|town|village|settlement|locality|ort)$/,
  admin1: /^(admin ?1|adm ?1( name)?|province|region|governorate|oblast|state|bundesland)$/,
  country: /^(country|country name|nation|land|iso|iso ?2|country (code|iso))$/,
  type: /^((event|incident|attack|sub event|disorder|violence) type|type|category|kategorie|art|kind)$/,
  killed: /^(killed|deaths|dead|fatalities|fatalities best|nkill|best|best est(imate)?)$/,
  injured: /^(injured|wounded|injuries|nwound|injured best)$/,
  summary: /^(summary|description|notes?|details?|narrative|beschreibung)$/,
  precision: /^((geo|place|location) )?precision$|^place known to$/,
  radius: /^radius ?(km)?$|^within km$/,
  id: /^(id|uid|event id|event id cnty|eventid|uuid|fid)$/,
};
// German, French, Spanish, Russian, Persian, Arabic.
/** @type {Record<string, string[]>} */
const OTHERS = {
  lat: ["geografische breite", "широта", "северная широта", "عرض جغرافیایی", "خط العرض", "دائرة العرض"],
  lon: ["geografische länge", "долгота", "восточная долгота", "طول جغرافیایی", "خط الطول"],
  date: ["tatdatum", "fecha del evento", "date de l'événement", "дата", "дата события", "дата происшествия",
    "дата теракта", "تاریخ", "تاریخ حادثه", "تاريخ", "التاريخ", "تاريخ الحادث"],
  title: ["ereignis", "bezeichnung", "événement", "intitulé", "evento", "название", "заголовок", "событие", "عنوان",
    "رویداد", "حادثه", "العنوان", "الحادث", "الحدث"],
  place: ["lieu", "ville", "lugar", "ciudad", "место", "место события", "место происшествия", "город",
    "населенный пункт", "населённый пункт", "مکان", "محل", "المكان", "مكان", "الموقع", "المدينة"],
  admin1: ["provinz", "région", "provincia", "область", "регион", "край", "провинция", "استان", "ولایت",
    "المحافظة", "محافظة", "الولاية"],
  country: ["pays", "pais", "страна", "کشور", "البلد", "الدولة", "بلد"],
  type: ["typ", "type d'événement", "тип", "тип события", "вид", "тип атаки", "نوع", "نوع حمله", "نوع حادثه", "النوع",
    "نوع الهجوم"],
  killed: ["tote", "getötete", "morts", "tués", "muertos", "fallecidos", "убито", "погибло", "погибшие", "убитые",
    "число погибших", "کشته‌ها", "کشته", "تعداد کشته‌ها", "القتلى", "قتلى", "عدد القتلى"],
  injured: ["verletzte", "verwundete", "blessés", "heridos", "ранено", "раненые", "число раненых", "زخمی‌ها", "زخمی",
    "مجروحان", "الجرحى", "جرحى", "عدد الجرحى"],
  summary: ["bemerkung", "résumé", "descripción", "описание", "примечание", "комментарий", "شرح", "توضیحات",
    "الوصف", "وصف", "ملاحظات"],
  id: ["номер", "код", "شماره", "کد", "رقم", "الرقم"],
};

const plain = (/** @type {string} */ heading) => heading.toLowerCase().replace(/[_\-.\s]+/g, " ").trim();

/**
 * Which column plays which part; the first that is called so.
 * @param {string[]} header @returns {Record<string, number>}
 */
const columnsOf = (header) => Object.fromEntries(Object.entries(HEADINGS).map(([part, pattern]) => (
  [part, header.findIndex((one) => pattern.test(plain(one)) || OTHERS[part]?.includes(plain(one)))])));

/** Whether a heading names coordinates. @param {string[]} header */
const hasPlaces = (header) => {
  const { lat, lon } = columnsOf(header);
  return lat >= 0 && lon >= 0;
};

export { OTHERS, columnsOf, hasPlaces };
