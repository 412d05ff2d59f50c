# ruff: noqa: E501 - a table of names is read line by line
"""Names of columns as spreadsheets in other languages have them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NAMES"]

# For each part its names, parted by commas: German, French, Spanish, Portuguese, Italian, Turkish,
# Russian, Ukrainian, Persian, Arabic;
# and short forms in English.
NAMES: Mapping[str, str] = {
    "id": "n°, lfd nr, laufende nummer, nummer, aktenzeichen, vorgangsnummer, numéro, número, № п/п, "
    "номер, код, شماره, ردیف, کد, رقم, الرقم, رقم الحادث, الرمز, sıra no, numero",
    "date": "tatdatum, ereignisdatum, datum des vorfalls, datum und uhrzeit, date de l'incident, date des faits, "
    "date de l'événement, date de l'attaque, fecha del evento, fecha del hecho, fecha del incidente, fecha de ocurrencia, "
    "data do evento, data do incidente, data dell'evento, tarih, olay tarihi, дата, дата события, дата происшествия, "
    "дата инцидента, дата теракта, дата та час, дата події, число, تاریخ, تاریخ حادثه, تاریخ حمله, تاریخ رویداد, زمان, "
    "تاريخ, التاريخ, تاريخ الحادث, تاريخ الهجوم, اليوم",
    "end": "enddatum, datum bis, date de fin, fecha final, fecha de fin, data final, data fim, bitiş tarihi, "
    "дата окончания, дата завершения, تاریخ پایان, تاريخ الانتهاء, تاريخ النهاية",
    "year": "année, anno, yıl, год, рік, سال, سنة, السنة, العام",
    "month": "mese, ay, месяц, місяць, ماه, شهر, الشهر",
    "day": "giorno, gün, день, روز, يوم",
    "lat": "nördliche breite, geografische breite, latitudine, enlem, широта, северная широта, عرض جغرافیایی, "
    "عرض, خط العرض, دائرة العرض, العرض",
    "lon": "östliche länge, länge, geografische länge, longitudine, boylam, долгота, довгота, восточная долгота, طول جغرافیایی, "
    "طول, خط الطول, الطول",
    "point": "geokoordinaten, coordonnées, coordonnées gps, coordenadas, coordinate gps, koordinatlar, координаты, "
    "координати, مختصات, الإحداثيات, إحداثيات, mgrs, mgrs grid, grid, grid reference, grid ref, utm",
    "place": "tatort, ereignisort, gemeinde, localité, commune, lieu de l'incident, lieu de l'attaque, municipio, localidad, "
    "lugar del hecho, município, local, cidade, luogo, comune, città, yer, olay yeri, ilçe, место, место события, "
    "место происшествия, населенный пункт, населённый пункт, город, місце, населений пункт, місто, مکان, محل, محل حادثه, شهر محل, "
    "مکان حادثه, المكان, مكان, الموقع, موقع الحادث, المدينة, مكان الحادث",
    "admin1": "provinz, région, departamento, provincia, estado, regione, il, область, регион, край, провинция, استان, ولایت, "
    "المحافظة, محافظة, الولاية, المنطقة",
    "admin2": "kreis, bezirk, district, distrito, район, شهرستان, ولسوالی, القضاء, المديرية",
    "country": "paese, ülke, страна, країна, کشور, البلد, الدولة, بلد",
    "type": "art des vorfalls, ereignisart, vorfallart, deliktart, deliktsart, anschlagsart, typ, type d'incident, type d'événement, type d'attaque, "
    "nature de l'incident, tipo de evento, tipo de hecho, tipo de ataque, tipo de incidente, modalidad, tipo di evento, "
    "olay türü, saldırı türü, тип, тип события, вид события, тип происшествия, тип атаки, вид, тип події, نوع, نوع حمله, نوع حادثه, "
    "نوع رویداد, النوع, نوع الهجوم, نوع الحادث",
    "killed": "kia, anzahl tote, anzahl der toten, todesopfer, getötet, zahl der toten, nombre de morts, nombre de tués, tués, décès, "
    "número de muertos, fallecidos, víctimas mortales, número de mortos, óbitos, morti, ölü, ölü sayısı, убито, погибло, погибшие, убитые, "
    "число погибших, количество погибших, загинуло, загиблі, вбито, کشته‌ها, کشته, کشته شدگان, تعداد کشته‌ها, تعداد کشته, جانباختگان, "
    "القتلى, قتلى, عدد القتلى, الوفيات, الشهداء",
    "injured": "wia, anzahl verletzte, anzahl der verletzten, verwundete, verletzt, nombre de blessés, número de heridos, lesionados, "
    "número de feridos, feriti, yaralı, yaralı sayısı, ранено, раненые, число раненых, пострадавшие, поранено, поранені, زخمی‌ها, زخمی, زخمیان, "
    "تعداد زخمی‌ها, مجروحان, مجروحین, مصدومان, الجرحى, جرحى, عدد الجرحى, المصابون, الإصابات",
    "actor": "täter, tätergruppe, urheber, auteur, auteurs, auteur présumé, groupe, responsable, autor, presunto responsable, grupo, fail, "
    "исполнитель, группировка, ответственные, виновник, عامل, عاملان, گروه, مهاجم, الجهة المنفذة, المنفذ, الفاعل, المسؤول, الجماعة",
    "target": "angriffsziel, ziel, cible, objetivo, blanco, alvo, obiettivo, hedef, цель, объект, ціль, هدف, الهدف, المستهدف",
    "title": "vorfall, ereignis, bezeichnung, betreff, incident, événement, intitulé, evento, incidente, hecho, nome, olay, название, "
    "заголовок, событие, назва, подія, عنوان, رویداد, حادثه, العنوان, الحادث, الحدث",
    "text": "bemerkung, bemerkungen, sachverhalt, kurzbeschreibung, hergang, meldung, résumé, détails, récit, commentaire, observations, "
    "descripción, relato, observaciones, descrição, descrizione, açıklama, описание, описание события, примечание, комментарий, подробности, "
    "опис, شرح, توضیحات, توضیح, شرح حادثه, الوصف, وصف, وصف الحادث, التفاصيل, الملاحظات, ملاحظات, what",
    "source": "quellen, quellenangabe, fonte, kaynak, источник, источники, джерело, منبع, منابع, المصدر, مصدر, المصادر",
    "url": "lien, enlace, ссылка, посилання, لینک, پیوند, الرابط, رابط",
    "casualties": "opfer, victimes, victimas, жертвы, пострадало, تلفات, الضحايا, الخسائر",
}
