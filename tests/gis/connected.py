"""What QGIS makes of a server: run by the Python that QGIS has, and prints JSON.

    python3 connected.py URL PICTURE

The layers of an OGC API - Features are opened as its window does, filtered by a subset string and
by time, and drawn.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime

SIZE = (600, 400)


def main(url, picture):
    application = QgsApplication([], False)
    application.initQgis()
    layers = {name: opened(url, name) for name in ("incidents", "base_areas")}
    incidents = layers["incidents"]
    told = {name: told_of(one) for name, one in layers.items()}
    # Iran's south.
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(50, 28, 60, 31))
    told["within"] = sorted(str(one["title"]) for one in incidents.getFeatures(box))
    only = opened(url, "incidents")
    told["is_filtered"] = only.setSubsetString("\"country\" = 'IR'")
    told["only"] = sorted({str(one["country"]) for one in only.getFeatures()})
    time = incidents.temporalProperties()
    time.setIsActive(True)
    time.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields)
    time.setStartField("date_start")
    time.setEndField("date_end")
    year = QgsDateTimeRange(moment(2024, 1, 1), moment(2025, 1, 1), True, False)
    told["drawn"] = drawn(incidents, f"{picture}.png")
    told["drawn_of_year"] = drawn(incidents, f"{picture}.year.png", year)
    print(json.dumps(told))


def moment(year, month, day):
    return QDateTime(QDate(year, month, day), QTime(0, 0), Qt.UTC)


def opened(url, name):
    uri = f"url='{url}' typename='{name}' version='OGC_API_FEATURES'"
    return QgsVectorLayer(uri, name, "OAPIF")


def told_of(layer):
    features = list(layer.getFeatures())
    return {
        "valid": layer.isValid(),
        "error": layer.error().message(),
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "ids": sorted(str(one["id"]) for one in features),
        "fields": {one.name(): one.typeName() for one in layer.fields()},
    }


def drawn(layer, picture, period=None):
    """Draw a layer; return how many pixels are not of the ground."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(*SIZE))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(QgsRectangle(20, 20, 90, 60))
    if period is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(period)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    ground = image.pixelColor(0, 0).name()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(one.name() != ground for one in pixels)


if __name__ == "__main__":
    main(*sys.argv[1:])
