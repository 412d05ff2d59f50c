# ruff: noqa: E501 - a table of names is read line by line
"""Names of columns as spreadsheets in other languages have them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NAMES"]

# For each part its names, parted by commas: German, French, Spanish, Portuguese, Italian, Turkish,
# Russian, Ukrainian, Persian, Arabic, Chinese (in both scripts), Japanese, Korean;
# and short forms in English.
NAMES: Mapping[str, str] = {
    "id": "n°, lfd nr, laufende nummer, nummer, aktenzeichen, vorgangsnummer, numéro, número, № п/п, "
    "номер, код, شماره, ردیف, کد, رقم, الرقم, رقم الحادث, الرمز, sıra no, numero, 编号, 編號, 序号, 序號, 番号, 번호",
    "date": "tatdatum, ereignisdatum, datum des vorfalls, datum und uhrzeit, date de l'incident, date des faits, "
    "date de l'événement, date de l'attaque, fecha del evento, fecha del hecho, fecha del incidente, fecha de ocurrencia, "
    "data do evento, data do incidente, data dell'evento, tarih, olay tarihi, дата, дата события, дата происшествия, "
    "дата инцидента, дата теракта, дата та час, дата події, число, تاریخ, تاریخ حادثه, تاریخ حمله, تاریخ رویداد, زمان, "
    "تاريخ, التاريخ, تاريخ الحادث, تاريخ الهجوم, اليوم, 日期, 事件日期, 发生日期, 發生日期, 发生时间, 发生時間, 時間, 时间, 日付, 発生日, 発生年月日, 年月日, 日時, 날짜, 일자, 발생일, 발생일자, 일시",
    "end": "enddatum, datum bis, date de fin, fecha final, fecha de fin, data final, data fim, bitiş tarihi, "
    "дата окончания, дата завершения, تاریخ پایان, تاريخ الانتهاء, تاريخ النهاية, 结束日期, 結束日期, 終了日, 종료일",
    "year": "année, anno, yıl, год, рік, سال, سنة, السنة, العام, 年, 年份, 年度, 연도, 년",
    "month": "mese, ay, месяц, місяць, ماه, شهر, الشهر, 月, 月份, 월",
    "day": "giorno, gün, день, روز, يوم, 日, 일",
    "lat": "nördliche breite, geografische breite, latitudine, enlem, широта, северная широта, عرض جغرافیایی, "
    "عرض, خط العرض, دائرة العرض, العرض, 纬度, 緯度, 北纬, 北緯, 위도",
    "lon": "östliche länge, länge, geografische länge, longitudine, boylam, долгота, довгота, восточная долгота, طول جغرافیایی, "
    "طول, خط الطول, الطول, 经度, 經度, 経度, 东经, 東經, 東経, 경도",
    "point": "geokoordinaten, coordonnées, coordonnées gps, coordenadas, coordinate gps, koordinatlar, координаты, "
    "координати, مختصات, الإحداثيات, إحداثيات, mgrs, mgrs grid, grid, grid reference, grid ref, utm, 坐标, 座標, 経緯度, 좌표",
    "place": "tatort, ereignisort, gemeinde, localité, commune, lieu de l'incident, lieu de l'attaque, municipio, localidad, "
    "lugar del hecho, município, local, cidade, luogo, comune, città, yer, olay yeri, ilçe, место, место события, "
    "место происшествия, населенный пункт, населённый пункт, город, місце, населений пункт, місто, مکان, محل, محل حادثه, شهر محل, "
    "مکان حادثه, المكان, مكان, الموقع, موقع الحادث, المدينة, مكان الحادث, 地点, 地點, 位置, 城市, 场所, 場所, 発生場所, 市町村, 都市, 장소, 위치, 도시, 발생장소",
    "admin1": "provinz, région, departamento, provincia, estado, regione, il, область, регион, край, провинция, استان, ولایت, "
    "المحافظة, محافظة, الولاية, المنطقة, 省, 省份, 州, 都道府県, 県, 도, 시도",
    "admin2": "kreis, bezirk, district, distrito, район, شهرستان, ولسوالی, القضاء, المديرية, 区县, 县, 縣, 市区町村, 군, 구",
    "country": "paese, ülke, страна, країна, کشور, البلد, الدولة, بلد, 国家, 國家, 国, 国名, 국가, 나라",
    "type": "art des vorfalls, ereignisart, vorfallart, deliktart, deliktsart, anschlagsart, typ, type d'incident, type d'événement, type d'attaque, "
    "nature de l'incident, tipo de evento, tipo de hecho, tipo de ataque, tipo de incidente, modalidad, tipo di evento, "
    "olay türü, saldırı türü, тип, тип события, вид события, тип происшествия, тип атаки, вид, тип події, نوع, نوع حمله, نوع حادثه, "
    "نوع رویداد, النوع, نوع الهجوم, نوع الحادث, 类型, 類型, 事件类型, 事件類型, 类别, 類別, 種類, 種別, 事件種別, 유형, 종류, 사건유형",
    "killed": "kia, anzahl tote, anzahl der toten, todesopfer, getötet, zahl der toten, nombre de morts, nombre de tués, tués, décès, "
    "número de muertos, fallecidos, víctimas mortales, número de mortos, óbitos, morti, ölü, ölü sayısı, убито, погибло, погибшие, убитые, "
    "число погибших, количество погибших, загинуло, загиблі, вбито, کشته‌ها, کشته, کشته شدگان, تعداد کشته‌ها, تعداد کشته, جانباختگان, "
    "القتلى, قتلى, عدد القتلى, الوفيات, الشهداء, 死亡, 死亡人数, 死亡人數, 死者, 死者数, 死亡者数, 遇难人数, 사망, 사망자, 사망자수, 사망자 수",
    "injured": "wia, anzahl verletzte, anzahl der verletzten, verwundete, verletzt, nombre de blessés, número de heridos, lesionados, "
    "número de feridos, feriti, yaralı, yaralı sayısı, ранено, раненые, число раненых, пострадавшие, поранено, поранені, زخمی‌ها, زخمی, زخمیان, "
    "تعداد زخمی‌ها, مجروحان, مجروحین, مصدومان, الجرحى, جرحى, عدد الجرحى, المصابون, الإصابات, 受伤, 受傷, 受伤人数, 受傷人數, 伤者, 負傷, 負傷者, 負傷者数, 부상, 부상자, 부상자수, 부상자 수",
    "actor": "täter, tätergruppe, urheber, auteur, auteurs, auteur présumé, groupe, responsable, autor, presunto responsable, grupo, fail, "
    "исполнитель, группировка, ответственные, виновник, عامل, عاملان, گروه, مهاجم, الجهة المنفذة, المنفذ, الفاعل, المسؤول, الجماعة, 组织, 組織, 凶手, 犯人, 実行者, 犯行グループ, 가해자, 단체",
    "target": "angriffsziel, ziel, cible, objetivo, blanco, alvo, obiettivo, hedef, цель, объект, ціль, هدف, الهدف, المستهدف, 目标, 目標, 対象, 標的, 대상, 표적",
    "title": "vorfall, ereignis, bezeichnung, betreff, incident, événement, intitulé, evento, incidente, hecho, nome, olay, название, "
    "заголовок, событие, назва, подія, عنوان, رویداد, حادثه, العنوان, الحادث, الحدث, 标题, 標題, 事件, 名称, 名稱, 件名, タイトル, 제목, 사건, 사건명",
    "text": "bemerkung, bemerkungen, sachverhalt, kurzbeschreibung, hergang, meldung, résumé, détails, récit, commentaire, observations, "
    "descripción, relato, observaciones, descrição, descrizione, açıklama, описание, описание события, примечание, комментарий, подробности, "
    "опис, شرح, توضیحات, توضیح, شرح حادثه, الوصف, وصف, وصف الحادث, التفاصيل, الملاحظات, ملاحظات, what, 描述, 说明, 說明, 备注, 備註, 摘要, 概要, 詳細, 内容, 説明, 설명, 내용, 개요, 비고",
    "source": "quellen, quellenangabe, fonte, kaynak, источник, источники, джерело, منبع, منابع, المصدر, مصدر, المصادر, 来源, 來源, 出处, 出典, 情報源, 출처",
    "url": "lien, enlace, ссылка, посилання, لینک, پیوند, الرابط, رابط, 链接, 連結, 网址, リンク, 링크",
    "casualties": "opfer, victimes, victimas, жертвы, пострадало, تلفات, الضحايا, الخسائر, 伤亡, 傷亡, 伤亡人数, 死傷者, 死傷者数, 사상자",
}
