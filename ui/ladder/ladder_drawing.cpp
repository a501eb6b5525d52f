// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_drawing.h"

#include "app/export/pending_file.h"
#include "app/ladder/ladder_reader.h"
#include "app/ladder/ladder_words.h"
#include "protocol/text/describe_bytes.h"
#include "ui/ladder/ladder_painter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr qsizetype stepsAtOnce = 256;
constexpr int svgResolution = 96; ///< dots per inch: a pixel of the window is one there

QString drawingText(const char* text)
{
    return QCoreApplication::translate("sockeye::LadderDrawing", text);
}

/// Looks through the whole capture.
LadderPicture wholeLadder(LadderReader& reader, const SaveProgress& goesOn, bool& isCancelled)
{
    LadderPicture picture;
    do {
        picture = reader.picture({ 0, 1, -1, false });
        isCancelled = !goesOn(picture.progress / 2);
    } while (picture.progress < 1 && !isCancelled);
    return picture;
}

class Drawer {
public:
    Drawer(const LadderDrawing& drawing, LadderReader& reader, const LadderPicture& whole)
        : m_drawing(drawing)
        , m_reader(reader)
        , m_whole(whole)
        , m_geometry(QFontMetrics(drawing.font), whole.leftColumns, whole.rightColumns, drawing.width)
    {
    }

    [[nodiscard]] QSize size() const
    {
        const qint64 height = m_geometry.headingHeight() + m_whole.total * m_geometry.stepHeight() + 8;
        return { m_geometry.width(), static_cast<int>(std::min<qint64>(height, std::numeric_limits<int>::max())) };
    }

    /// False: it was cancelled.
    bool draw(QPainter& painter, const SaveProgress& goesOn)
    {
        LadderPainter ladder(painter, m_geometry, m_drawing.font, m_drawing.isDark);
        ladder.paintBackground(QRect(QPoint(0, 0), size()));
        for (qsizetype first = 0; first < m_whole.total; first += stepsAtOnce) {
            if (!goesOn(0.5 + 0.5 * static_cast<double>(first) / static_cast<double>(m_whole.total))) {
                return false;
            }
            const LadderPicture part = m_reader.picture({ first, stepsAtOnce, -1, false });
            if (first == 0) {
                ladder.paintHeading(part, 0, 0);
            }
            const qsizetype next = std::min(first + stepsAtOnce, m_whole.total);
            ladder.paintSteps(
                part, first, next, m_geometry.headingHeight() + static_cast<int>(first) * m_geometry.stepHeight(), {});
        }
        return true;
    }

private:
    const LadderDrawing& m_drawing;
    LadderReader& m_reader;
    const LadderPicture& m_whole;
    LadderGeometry m_geometry;
};

QString refusalOf(const LadderDrawing& drawing, const LadderPicture& whole, QSize size)
{
    const QString steps = groupedDigits(whole.total);
    if (whole.total == 0) {
        return drawingText("There is nothing to draw: the ladder has no steps.");
    }
    if (drawing.format == LadderFormat::Svg && whole.total > mostSvgSteps) {
        return drawingText("This ladder has %1 steps, and a picture that programs still open has %2 at most: choose "
                           "one connection, or export its messages and open that file.")
            .arg(steps, groupedDigits(mostSvgSteps));
    }
    const bool isTooLarge = size.height() > mostPngHeight || qint64 { size.width() } * size.height() > mostPngPixels;
    if (drawing.format == LadderFormat::Png && isTooLarge) {
        return drawingText("This ladder has %1 steps, which are too many for a PNG: save it as SVG, or choose one "
                           "connection.")
            .arg(steps);
    }
    return {};
}

/// In words what the picture shows, as far as a description is read out.
QString descriptionOf(LadderReader& reader)
{
    constexpr qsizetype mostTold = 100;
    const LadderPicture part = reader.picture({ 0, mostTold, -1, false });
    QStringList sentences;
    for (const LadderStep& step : part.steps) {
        sentences += ladderSentence(step, part.startTime);
    }
    return sentences.join(u' ').toHtmlEscaped();
}

/// What XML forbids, whatever peers sent: most control characters, and the two that are no characters.
void makeXml(QByteArray& bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<quint8>(bytes.at(i));
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
            bytes[i] = ' ';
        } else if (byte == 0xef && i + 2 < bytes.size() && static_cast<quint8>(bytes.at(i + 1)) == 0xbf
            && static_cast<quint8>(bytes.at(i + 2)) >= 0xbe) {
            bytes[i + 2] = static_cast<char>(0xbd);
        }
    }
}

bool drawSvg(
    Drawer& drawer, LadderReader& reader, const LadderPicture& whole, PendingFile& file, const SaveProgress& goesOn)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(svgResolution);
    generator.setSize(drawer.size());
    generator.setViewBox(QRect(QPoint(0, 0), drawer.size()));
    generator.setTitle(ladderTitle(whole).toHtmlEscaped());
    generator.setDescription(descriptionOf(reader));
    QPainter painter(&generator);
    const bool isWhole = drawer.draw(painter, goesOn);
    painter.end();
    if (isWhole) {
        makeXml(bytes);
        file.write(bytes);
    }
    return isWhole;
}

bool drawPng(Drawer& drawer, const LadderPicture& whole, PendingFile& file, const SaveProgress& goesOn)
{
    QImage image(drawer.size(), QImage::Format_RGB32);
    if (image.isNull()) {
        return false;
    }
    QPainter painter(&image);
    const bool isWhole = drawer.draw(painter, goesOn);
    painter.end();
    if (isWhole) {
        image.setText(QStringLiteral("Title"), ladderTitle(whole));
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "PNG");
        file.write(bytes);
    }
    return isWhole;
}

} // namespace

LadderDrawn drawLadder(const LadderDrawing& drawing, const SaveProgress& goesOn)
{
    LadderDrawn drawn;
    LadderReader reader(drawing.capture, drawing.connection);
    const LadderPicture whole = wholeLadder(reader, goesOn, drawn.isCancelled);
    if (drawn.isCancelled) {
        return drawn;
    }
    Drawer drawer(drawing, reader, whole);
    drawn.refusal = refusalOf(drawing, whole, drawer.size());
    if (!drawn.refusal.isEmpty()) {
        return drawn;
    }
    PendingFile file(drawing.file);
    if (file.create()) {
        const bool isWhole = drawing.format == LadderFormat::Svg ? drawSvg(drawer, reader, whole, file, goesOn)
                                                                 : drawPng(drawer, whole, file, goesOn);
        drawn.isCancelled = !isWhole;
        if (isWhole && file.commit()) {
            drawn.steps = whole.total;
        }
    }
    drawn.failure = file.failure();
    return drawn;
}

} // namespace sockeye
