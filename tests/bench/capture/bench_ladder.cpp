// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ladder of ten million messages: parts of it made and painted, all over it, and one step farther each time.
// tests/bench/README.md says how to read the figures.

#include "figures.h"
#include "one_connection.h"

#include "app/ladder/ladder_reader.h"
#include "ui/ladder/ladder_painter.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <cstdlib>

using namespace sockeye;

namespace {

constexpr int frames = 200;

/// What one frame costs: the part (in a background thread, as it is made there) and the painting of it.
void measure(LadderReader& reader, qsizetype total, bool isDense, const char* what)
{
    QImage image(QSize(1920, 1080), QImage::Format_RGB32);
    const QFont font = QApplication::font();
    const LadderGeometry geometry(QFontMetrics(font), 1, 1, image.width());
    const qsizetype seen = image.height() / geometry.stepHeight() + 1;
    Times made;
    Times painted;
    for (int frame = 0; frame < frames; ++frame) {
        const qsizetype first = isDense ? total / 2 + frame : (total - seen) / frames * frame;
        qint64 started = processorTime();
        const LadderPicture picture = reader.picture({ first - seen / 2, seen * 2, -1, false });
        made.add(processorTime() - started);
        started = processorTime();
        QPainter painter(&image);
        LadderPainter ladder(painter, geometry, font, false);
        ladder.paintBackground(image.rect());
        ladder.paintSteps(picture, first, first + seen, geometry.headingHeight(), {});
        ladder.paintHeading(picture, first, 0);
        painter.end();
        painted.add(processorTime() - started);
    }
    made.print(qPrintable(QStringLiteral("%1: made").arg(QLatin1StringView(what))), 16);
    painted.print(qPrintable(QStringLiteral("%1: painted").arg(QLatin1StringView(what))), 16);
}

} // namespace

int main(int argc, char** argv)
{
    const qint64 messages = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
    if (messages < 1000) {
        std::fprintf(stderr, "usage: bench_ladder [MESSAGES, at least 1000]\n");
        return 1;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    const std::shared_ptr<Capture> capture = oneConnection(messages);
    std::printf("%-36s %lld messages, %lld MiB\n", "capture", static_cast<long long>(capture->messageCount()),
        static_cast<long long>(capture->byteCount() >> 20));
    for (const quint32 connection : { 1U, 0U }) {
        const Resident before = Resident::now();
        LadderReader reader(capture, connection);
        Times steps;
        LadderPicture picture;
        for (picture.progress = 0; picture.progress < 1;) {
            const qint64 started = processorTime();
            picture = reader.picture({ 0, 64, -1, false });
            steps.add(processorTime() - started);
        }
        const QByteArray name = connection == 0 ? "all connections" : "one connection";
        steps.print((name + ": until all is known").constData(), 500);
        std::printf("%-36s %.1f bytes a message\n", (name + ": memory").constData(),
            (Resident::now().own - before.own) * 1024 * 1024 / static_cast<double>(capture->messageCount()));
        measure(reader, picture.total, false, (name + ", anywhere").constData());
        measure(reader, picture.total, true, (name + ", step by step").constData());
    }
    return 0;
}
