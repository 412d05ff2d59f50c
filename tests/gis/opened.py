"""What QGIS makes of files: run by the Python that QGIS has, and prints JSON.

    python3 opened.py PICTURES FILE …

A project is read as such, of any other file each layer is opened as QGIS does by itself. Each file
is also drawn, into the folder PICTURES.
"""

import json
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsProviderRegistry,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize, Qt

SIZE = (1000, 700)


def main(pictures, paths):
    application = QgsApplication([], False)
    application.initQgis()
    found = {}
    for path in map(Path, paths):
        project = QgsProject()
        told = {}
        if path.suffix == ".qgz":
            told = project_of(project, path)
            tree = project.layerTreeRoot()
            layers = [one.layer() for one in tree.findLayers() if one.layer() is not None]
            shown = [one.layer() for one in tree.findLayers() if one.isVisible() and one.layer()]
        else:
            layers = shown = opened(path)
            project.addMapLayers(layers)
        told["layers"] = [layer_of(one) for one in layers]
        picture = Path(pictures) / f"{path.name}.png"
        told["colors"] = draw(project, [one for one in shown if one.isSpatial()], picture)
        if path.suffix == ".qgz":
            told["colors_of_day"] = draw(
                project,
                [one for one in shown if one.isSpatial()],
                picture.with_suffix(".day.png"),
                day=project.timeSettings().temporalRange().begin(),
            )
            told["days"] = days_of(project)
        found[path.name] = told
    print(json.dumps(found))


def project_of(project, path):
    was_read = project.read(str(path))
    times = project.timeSettings().temporalRange()
    extent = project.viewSettings().defaultViewExtent()
    missing = [one.name() for one in project.mapLayers().values() if not one.isValid()]
    return {
        "read": was_read,
        "error": project.error(),
        "missing": missing,
        "title": project.title(),
        "crs": project.crs().authid(),
        "abstract": project.metadata().abstract(),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "times": [times.begin().toString(Qt.ISODate), times.end().toString(Qt.ISODate)],
        "relations": sorted(
            [one.referencingLayer().name(), one.referencedLayer().name(), one.isValid()]
            for one in project.relationManager().relations().values()
        ),
    }


def days_of(project):
    """Return which incidents are shown on each of some days: the last before, and the first."""
    layer = next(one for one in project.mapLayers().values() if one.name() == "Incidents")
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    first = project.timeSettings().temporalRange().begin()
    found = {}
    for number in range(-1, 2):
        day = first.addDays(number)
        shown = QgsDateTimeRange(day, day.addDays(1), True, False)
        wanted = layer.temporalProperties().createFilterString(context, shown)
        features = layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted))
        found[number] = [one["id"] for one in features]
    return found


def opened(path):
    found = QgsProviderRegistry.instance().querySublayers(str(path))
    # As its window does where a file does not say what geometry it has.
    layers = [QgsVectorLayer(one.uri(), one.name(), "ogr") for one in found]
    plain = QgsVectorLayer(str(path), path.stem, "ogr")
    return layers if len(layers) > 1 else [plain]


def layer_of(layer):
    times = layer.temporalProperties()
    kinds, colors = {}, {}
    renderer = layer.renderer() if layer.isSpatial() else None
    if renderer and renderer.type() == "categorizedSymbol":
        context = QgsRenderContext()
        context.setExpressionContext(layer.createExpressionContext())
        renderer.startRender(context, layer.fields())
        for feature in layer.getFeatures():
            context.expressionContext().setFeature(feature)
            symbol = renderer.symbolForFeature(feature, context)
            identifier = feature["id"] if "id" in layer.fields().names() else feature.id()
            labels = renderer.legendKeysForFeature(feature, context)
            by_key = {str(at): one.label() for at, one in enumerate(renderer.categories())}
            kinds[identifier] = sorted(by_key[one] for one in labels)
            colors[identifier] = drawn_color(symbol, context)
        renderer.stopRender(context)
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "crs": layer.crs().authid(),
        "count": layer.featureCount(),
        "fields": {one.name(): one.typeName() for one in layer.fields()},
        "display": layer.displayExpression(),
        "renderer": renderer.type() if renderer else "",
        "kinds": kinds,
        "colors": colors,
        "temporal": times.isActive() if times else False,
        "days": [times.startExpression(), times.endExpression()] if times else [],
        "title": layer.metadata().title(),
    }


def drawn_color(symbol, context):
    """Return the fill of a symbol as the record's own values make it."""
    if symbol is None:
        return ""
    layer = symbol.symbolLayer(0)
    filled = layer.dataDefinedProperties().property(layer.PropertyFillColor)
    if not filled.isActive():
        return layer.color().name()
    return filled.valueAsColor(context.expressionContext(), layer.color())[0].name()


def draw(project, layers, picture, day=None):
    """Draw layers as QGIS would on its screen; return how many pixels have which colour."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(*SIZE))
    settings.setBackgroundColor(project.backgroundColor())
    settings.setTransformContext(project.transformContext())
    settings.setDestinationCrs(layers[0].crs())
    extent = project.viewSettings().defaultViewExtent()
    settings.setExtent(settings.fullExtent().buffered(1) if extent.isEmpty() else extent)
    if day is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(day, day.addDays(1), True, False))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(picture))
    colors = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            colors[name] = colors.get(name, 0) + 1
    return {name: count for name, count in colors.items() if count >= 10}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
