"""What faults say, with names for what varies: the words by which they are known.

What is more exact comes before what fits it, too, since the first that fits is said.
"""

from __future__ import annotations

from typing import Final

__all__ = ["KNOWN", "SYSTEM", "TERMS"]

_REFUSED = (
    "each incident must be like at least {least} by all that is told of it, got {smallest}; "
    "{unique} of {total} are like no other: "
)
_NARROW = (
    " incidents, got {count}: narrow the filter (a period, a country, a type), or export them as "
    "GeoJSON or CSV"
)
_ALONE = "a server must serve this machine alone to take files, got one that "
_EDITOR = "an editor must be signed in to hand in files and to change what is shown, got "
_GROUP = "a group page must be of "
KNOWN: Final = (
    # What holds another sentence is known before that one.
    "{name} is an archive without a table: {fault}",
    "{name} is a workbook without a table: {sheets}",
    f"{_REFUSED}try it with confidential",
    f"{_REFUSED}round to the province, narrow what is told with drop, or leave incidents out",
    f"a briefing must have at most {{most}}{_NARROW}",
    f"a page must have at most {{most}}{_NARROW}",
    # Handing in files, and datasets.
    "a server must show files to take more of them, got records of an engine (--engine)",
    f"{_ALONE}publishes (--public)",
    f"{_ALONE}others reach by a name or a proxy (--host, --base-path, --behind-proxy)",
    f"{_ALONE}other machines may reach (--address)",
    f"{_EDITOR}a reader",
    f"{_EDITOR}nobody who is signed in",
    "a file must be sent again in {n} seconds, since others come just now",
    "a file must have at most {most}, got more; mapview import FILE reads it by command",
    "a file must hold something, got an empty one",
    "at least one row must be a record, got none",
    "at least one row must be a record, got none of {rows}",
    "a dataset's name must be free, got {name}",
    "a dataset's name must be letters, digits, - and _, and at most 60 of them, got {name}",
    "a dataset must be named that is there ({known}), got {name}",
    # What was known on a day.
    (
        "known must be a day from {first} on: of the records that come with Mapview there is one "
        "version, of {day}, got {asked}"
    ),
    "known must be a day from {first} on: of {name} nothing older is kept, got {asked}",
    "known must not be a day to come, got {day} on {today}",
    "known must be asked of what was pushed with its days, got {day}; push {name} again",
    "known must be asked of datasets, which keep what they were, got {name}",
    "{key} must be a date such as 2018-07-29, 2018-07 or 2018, got {got}",
    # Parameters of an address.
    "to must not be before from, got {start} to {end}",
    "deaths_max must not be below deaths_min, got {low} to {high}",
    "a filter key must be one of {keys}, got {got}",
    "{key} must be given once, got {got}",
    "{key} must be a whole number from 0 on, got {got}",
    "{key} must have at most {most} characters, got {n}",
    "{key} must be west,south,east,north in degrees, got {got}",
    "{key} must have longitudes within [-180, 180], got {west}, {east}",
    "{key} must have south below north within [-90, 90], got {south}, {north}",
    "{key} must be on or off, got {got}",
    "{key} must be an ISO 3166-1 alpha-2 code, got {got}",
    "{key} must be one of {allowed}, got {got}",
    # Groups; what names those that are near comes before what does not.
    f"{_GROUP}the id or a name of a group, got {{name}}; near are {{near}}",
    f"{_GROUP}the id or a name of a group, got {{name}}",
    f"{_GROUP}one of several groups, got {{name}}; near are {{near}}",
    # Briefings.
    (
        "a figure of this shape must be at least {least} mm for its legend and notes, got {width} "
        "x {height} mm"
    ),
    "a brief must have room for headline, map and credits on its page, got {width} x {height} mm",
    "maps by period must be of incidents, got base areas alone",
    (
        "maps by period must be of events with a date, or of a filter with a first or last day, "
        "got neither"
    ),
    (
        "a sheet must have room for {n} maps of {width} x {height} mm at least, got {wide} x "
        "{high} mm for each: take a larger size, or longer periods"
    ),
    (
        "a PNG must have at most {most} pixels, got {width} x {height}: take a smaller size, or "
        "SVG or PDF, which have no pixels"
    ),
    (
        "an MP4 must be made with the program ffmpeg, which is not on the PATH: install it "
        "(Debian: apt install ffmpeg), or take GIF or WebP"
    ),
    "a template must be {kind} without a password, got an older format or a locked file ({name})",
    "a template must be {kind} that is complete, got a damaged one ({name})",
    "a template must be {kind}, got something else ({name})",
    "a template must be {kind}, got another kind of file ({name})",
    "a template must hold no macros, got some; save it as {kind} ({name})",
    "a template must have at most {most} bytes, got {size} ({name})",
    # What a briefing cannot be made of, and what a file is that is not read.
    (
        "extent must not be given with coarsen, got both: a part of the map chosen around places "
        "that are rounded tells where they are"
    ),
    (
        "a page on a group must rest on sources that may be published, got {name}, of which none "
        "speaks"
    ),
    (
        "pictures of a film must have room for a map with its legend, got {width} x {height} mm: "
        "take a shape that is nearer to 16:9"
    ),
    "{name} is an empty file",
    "{name} is a workbook that is protected by a password",
    "{name} is an archive that is protected by a password",
    "{name} is text without columns",
    "{name} is binary data of a kind that is not read",
    "{name} is a text document",
    "{name} is a script (JavaScript), not data",
    "{name} is an archive in an archive; unpack it first",
    "{name} is an archive packed once more (gzip); unpack it first",
    "{name} is the lock file of a workbook that is open, not the workbook, which is {example}",
    "{name} is the lock file of a workbook that is open, not the workbook",
    "{name} is the index of a shapefile; open the .shp beside it",
    "a file must have at least one row of data, got none on any sheet",
    (
        "rows of {kind} must say when it happened ({columns}), got a table without any of these "
        "columns"
    ),
    "{name} has {n} columns, and a table has at most {most}",
    "{name} must be the dataset that was opened, got another in its place; put it on the map again",
    # Files, filters and sizes that are seldom.
    "{name} is an archive of {n} files; so many are not read",
    "{name} is an archive that unpacks to {n} bytes, {times} times what it is, and is not unpacked",
    "{name} is a part of a shapefile; its .shx is missing, which is needed too",
    "{name} has no sheet {sheet}; it has {known}",
    "{name} holds a file geodatabase, which is not read; GeoPackage is",
    "{name} is XML of a kind that is not read, <{root}>; KML, GPX and GeoRSS are",
    "{name} is a folder, not a file",
    "{name} is a workbook of more than {n} bytes; save it as CSV",
    "{name} is a GPX without waypoints, routes and tracks",
    "{name} is a KML without any placemark",
    (
        "{name} is a KML that only links to data elsewhere (NetworkLink to {address}); links are "
        "not followed, so save that file and open it"
    ),
    "{name} is a web page of more than {n} bytes; save it as CSV",
    "{name} is a workbook without a table",
    "{name} unpacks to more than {n} bytes",
    "the first line of {name} has at least {n} characters",
    "there is no encoding {encoding}, so {name} is not read",
    "a filter must have at most {most} values",
    "{key} must be given at most {most} times, got {n}",
    "{key} must be circle:lon,lat,km or polygon:lon,lat;lon,lat;lon,lat, got {got}",
    "{key} must have 3 to {most} different corners, got {n}",
    "{key} must have a radius within 0.1 and {most} km, got {got}",
    "filter must have at most {most} brackets within each other, got {n}",
    "view must be lon,lat,zoom, got {got}",
    "an address must have at most {most} values",
    "size of a figure must be such as 297x210mm or 1600x900px, got {got}",
    "pixels of a figure must be whole numbers, got {got}",
    "pictures of a film must have at most {most} pixels, got {width} x {height}",
    "{key} must be an EDTF date, got {got}",
    "areas must not be 'only' where kinds of incidents are chosen, got {got}",
    "maps by period must be laid out as a figure with a legend, got {got}",
    (
        "the sheet {sheet} must have at most {most} rows, got {n}; a narrower filter or another "
        "format will do"
    ),
    # Engines, and many who ask.
    "the engine's database must answer, got no connection to it",
    (
        "the database that holds the records must answer, and does not for now; what stands here "
        "was answered before, and the rest comes when the database is back"
    ),
    (
        "the dataset must be the one that was opened, got another in its place, or none; ask again "
        "in half a minute, when what is there by then is shown"
    ),
    "the data have changed since this page was opened, so it must be loaded again",
    "this could not be answered because of a fault of the program; its log says more",
    "{what} must be asked for again in {n} seconds, since many ask just now",
    # Files that are not read, or not whole.
    "{name} is a PDF document; its tables must be copied into a spreadsheet first",
    "{name} is {what}; its tables must be copied into a spreadsheet first",
    "{name} is a picture",
    "{name} is a {form} archive; unpack it first",
    "{name} is an xz archive; unpack it first",
    "{name} is an empty archive",
    "{name} is a text document (RTF)",
    "{name} is a pointer to a file kept elsewhere (Git LFS), not the file",
    "{name} is an Arrow file; save it as Parquet",
    "{name} is a Feather file; save it as Parquet",
    "{name} is the coordinate system of a shapefile; open the .shp beside it",
    "{name} is a program",
    "{name} is a Python pickle, which is never opened",
    "{name} is a web page called {got} without a table; save the file it links to",
    "{name} is a web page without a table; save the file it links to",
    "{name} is an archive without a table",
    "{name} is a workbook that unpacks to {n} bytes; at most {most} are read",
    "{name} has a sheet of {n} cells from the first to the last; at most {most} are read",
    "{name} is a damaged workbook: {why}",
    "{name} is a damaged workbook",
    "{name} (hidden, or no table)",
    "{name} (no table)",
    "{name} is a damaged archive: {why}",
    "{name} is packed in a way that is not read: {why}",
    "{name} is damaged Parquet: {why}",
    "{name} is damaged: {why}",
    "{name} has {rows} rows and {columns} columns; at most {most} and {widest} are read",
    "{name} has records of more than {n} names in all",
    "{name} has placemarks of more than {n} names in all",
    "{name} has {n} columns, and a table at most {most}",
    "{name} has {n} layers",
    "{name} is a {form} without a layer",
    "{name} has a table of more than {n} cells",
    "{name} has more than {n} cells",
    "{name} has a cell in column {column}",
    "{name} is XML that declares entities of its own, which no data needs",
    "{name} is XML that cannot be read, line {line}, column {column}: {why}",
    "{name} is XML that cannot be read: {why}",
    "{name} is a web page that cannot be read: {why}",
    "{name} cannot be read: {why}",
    "{name} has its places in the coordinate system {got}, which is unknown",
    "{name} is JSON that nests too deeply, and no record was found in it",
    "{name} is no valid JSON, and no record could be read from it",
    "{name} is TopoJSON that says so only at its end; GeoJSON is read in any order",
    "{name} is GeoJSON without any feature",
    "{name} is JSON whose lists hold no objects, so no records",
    "{name} is JSON without a list of records",
    # Files of records, and where they are kept.
    "{name} must be JSON, got one nested too deeply",
    "{name} must be JSON, got: {why}",
    "{name} must be UTF-8 text, got byte {byte} at position {at}",
    "{name} must be UTF-16 as it begins, got: {why}",
    "{name} must be CSV, got: {why}, with {separator} for columns",
    (
        "{name} must have the columns id and event_date, got none named {missing}; its columns "
        "are {columns}"
    ),
    "{name} must have the columns id and event_date, got none named {missing}",
    "{name} must be a workbook that Mapview wrote, got another; `mapview import` reads any",
    "{name} must be a readable workbook, got: {why}",
    "{name} must be what its ending says, got {got}",
    "features must be a list in {name}, got {got}",
    "{name} must be a GeoJSON FeatureCollection",
    "{name} must have coordinates in WGS 84 (EPSG:4326), got {got}",
    "a record file must end in {either}, got {name}",
    "{name} must be a file, got a pipe or device",
    (
        "{name} must be a readable file, got: {why}; it was removed, and the next export does "
        "without it"
    ),
    "{name} must be a readable file, got: {why}",
    "{name} must be readable, got: {why}",
    "{name} must be writable, got: {why}",
    "{name} must hold valid records, got: {why}",
    "{name} must be the manifest of a dataset",
    "{name} must hold pairs of ids, as links of records",
    "{name} must be a recipe in TOML, got: {why}",
    (
        "a version must be a day such as 2026-11-01, now, or a fingerprint that mapview datasets "
        "versions {name} says, got {got}"
    ),
    # What is said of a file by options and recipes.
    "--sheet must name a sheet by name or number: {known}; got {got}",
    "--set must name one of {allowed}, got {got}",
    "{key} must be a column of the file, got {got}; its columns are {columns}",
    "fix must say line, column, was and now, got {got}",
    "the line of a fix must be a number from {least} on, got {got}",
    "fix must be tables of a recipe, got {got}",
    "set must be a table of a recipe, got {got}",
    "row must be {allowed}, got {got}",
    "dates must be {allowed}, got {got}",
    "places must be accept, got {got}",
    "encoding must be one such as cp1256 or utf-8, got {got}",
    # Rounding.
    (
        "confidential and min-k must be given with coarsen, got neither district nor province: "
        "the place tells which incident it is"
    ),
    "min-k must be at least 0, got {got}",
    # Numbers and places.
    "{key} must be within 0 and 10^9, got {got}",
    "{key} must lie on the map, got {got}",
    "z must be within [0, {most}], got {got}",
    # Briefings, and what is made of them.
    (
        "since must not be given with coarsen, got both: rounded records have other ids, so that "
        "nobody can say which of them were revised"
    ),
    "{key} must be the id of an incident that was found and is on the map, got {got}",
    "kind of figure must be one of {allowed}, got {got}",
    "kind of film must be one of {allowed}, got {got}",
    "a period must be one of {allowed}, got {got}",
    "ffmpeg must write an MP4 within {n} seconds of its last picture, got nothing",
    "ffmpeg must write an MP4, got an error: {why}",
    (
        "a call-out must find room within 8 mm of its symbol, got none for {got}: a larger "
        "figure or a smaller part of the map (--size, --extent) may have it"
    ),
    "dpi of a figure must be within {least} and {most}, got {got}",
    (
        "{side} of a figure must be within {least} and {most} mm ({narrow} and {wide} px on a "
        "screen), got {got} mm"
    ),
    "a template must have at most {most} bytes when unpacked, got more ({name})",
    "since must be a pack that was made by the same filter, got one of {got} for {asked}",
    "{name} must be a pack that mapview brief wrote (.zip)",
    "{name} must be as it was made, but {member} in it was changed",
    "{name} must hold records that can be read, got {n} problems, the first: {why}",
    (
        "{name} must hold records with their own ids, but its places are rounded, and so its "
        "records have others"
    ),
    "a briefing must end in {either}, got {got}",
    "a language must be given for {either}, got {ending}",
    "{what} must be given for {either}, got {ending}",
    "no record could be read; the first problem is {why}",
    # Parameters of an address, again.
    "view must have lon within 180, lat within 90 and zoom within [0, {most}], got {got}",
    "a parameter must be one of {allowed}, where f holds the filter, got {got}",
    "a parameter must be one of {allowed}, got {got}",
    "a parameter must not stand in this address, got {got}",
    "{key} must be given, got nothing",
    "{key} must have a value, got nothing",
    "w must be {either}, got {got}",
    "{key} must be a number of pixels, got {got}",
    "a file must be kept, got: {why}",
    "b must be given once to {most} times, got {n} of it",
    "b must be x0,y0,x1,y1 in web-mercator integers, got {got}",
    "b must have x0 <= x1 and y0 <= y1, got {got}",
    "z must be a whole number within [0, 22], got {got}",
    "{key} must be a whole number within 0 and {most}, got {got}",
    "{key} must be a whole number up to {most}, got {got}",
    "either id or area must be given, got both or none",
    (
        "sort must be start, title, place, what, killed or injured, with - before it from the "
        "highest on, got {got}"
    ),
    # The interface of features.
    "bbox must be west,south,east,north in degrees (CRS84), got {got}",
    "bbox must have longitudes within 180 and latitudes within 90 degrees, south first, got {got}",
    "datetime must not end before it begins, got {got}",
    (
        "datetime must be a day, a time or two of them as in 2018-07-29, 2018-07-29T10:00:00Z, "
        "2018-01-01/2018-12-31, 2018-01-01/.. or ../2018-12-31, got {got}"
    ),
    "limit must be at least 1, got 0",
    "{key} must be asked for once, got it beside filter and in it",
    "filter-lang must be {got}",
    "filter must ask for what these features have, got {got}",
    "filter must ask for each thing once, with IN for several values, got {got} twice",
    "filter must have at most {most} letters, got {n}",
    "filter must have at most {most} words and signs beside values, got {n}",
    "filter must join its conditions by AND alone, got OR or NOT",
    "filter must be {what}, got {got}",
    "a condition of filter must be one of {allowed}, got {got}",
    "a collection must be one of {allowed}, got {got}",
    "id must be that of one of {what}, got {got}",
    # What a server does not have or take.
    "a file must be sent as {form}, got {got}",
    "a dataset must keep what was left out, got none in {got}",
    "a template must be one of {allowed}",
    "{address} must be asked with another method, got {got}",
    "there is no {address}",
)
"""What faults say, with names for what varies; a test finds each in the code."""
TERMS: Final = (
    "a PowerPoint file (.pptx or .potx)", "a Word file (.docx or .dotx)", "an embedded map",
    "an export", "a briefing", "a text document", "slides", "commas", "semicolons", "tabs", "bars",
    "width", "height", "a size or layout", "a template", "small maps by period", "a step",
    "a focus", "a group page", "an earlier pack",
)  # fmt: skip
"""What stands for a name in them and is said in the language, too."""
SYSTEM: Final = (
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "No space left on device",
    "Read-only file system",
    "File name too long",
    # What Python says of archives.
    "File is not a zip file",
    "Bad magic number for central directory",
    "Compressed file ended before the end-of-stream marker was reached",
)
"""Why a file is not read or written, as the system and Python say themselves in English."""
