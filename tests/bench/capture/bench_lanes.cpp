// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lanes of a connection of ten million messages: pictures made and painted at several zooms, and while one moves.
// tests/bench/README.md says how to read the figures.

#include "figures.h"
#include "one_connection.h"

#include "ui/lanes/lanes_painter.h"
#include "ui/lanes/lanes_view.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <cstdlib>

using namespace sockeye;

namespace {

constexpr int frames = 200;

/// What one frame costs: the picture (in a background thread, as it is made there) and the painting of it.
void measure(LanesReader& reader, LaneAxis axis, double part, const char* what)
{
    const QSize size(1920, 240);
    QImage image(size, QImage::Format_RGB32);
    const LanesGeometry geometry(size, QFontMetrics(QApplication::font()));
    LanesRequest request;
    request.axis = axis;
    request.scale.width = geometry.plot().width();
    const LanesPicture all = reader.picture(request);
    const auto span = static_cast<double>(all.extent.end - all.extent.begin);
    const auto seen = std::max<qint64>(leastSpan(axis, request.scale.width), static_cast<qint64>(span * part));
    request.all = false;
    Times made;
    Times painted;
    for (int frame = 0; frame < frames; ++frame) {
        const qint64 from = all.extent.begin + static_cast<qint64>((span - static_cast<double>(seen)) * frame / frames);
        request.scale.from = from;
        request.scale.to = from + seen;
        qint64 started = processorTime();
        const LanesPicture picture = reader.picture(request);
        made.add(processorTime() - started);
        started = processorTime();
        QPainter painter(&image);
        LanesPainter(painter, geometry, QApplication::palette(), QApplication::font())
            .paint(picture, picture.scale, {});
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
        std::fprintf(stderr, "usage: bench_lanes [MESSAGES, at least 1000]\n");
        return 1;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    const std::shared_ptr<Capture> capture = oneConnection(messages);
    std::printf("%-36s %lld messages, %lld MiB\n", "capture", static_cast<long long>(capture->messageCount()),
        static_cast<long long>(capture->byteCount() >> 20));
    const Resident before = Resident::now();
    LanesReader reader(capture, 1);
    Times steps;
    LanesRequest request;
    request.scale.width = 1200;
    for (double progress = 0; progress < 1;) {
        const qint64 started = processorTime();
        progress = reader.picture(request).progress;
        steps.add(processorTime() - started);
    }
    steps.print("until all is known, a step", 100);
    std::printf("%-36s %.1f bytes a message\n", "memory",
        (Resident::now().own - before.own) * 1024 * 1024 / static_cast<double>(capture->messageCount()));
    measure(reader, LaneAxis::Offset, 1, "all of it");
    measure(reader, LaneAxis::Offset, 0.01, "a hundredth");
    measure(reader, LaneAxis::Offset, 0.0001, "a ten-thousandth");
    measure(reader, LaneAxis::Offset, 0.00001, "some dozens of messages");
    measure(reader, LaneAxis::Offset, 0, "single bytes");
    measure(reader, LaneAxis::Time, 1, "all of it, over time");
    measure(reader, LaneAxis::Time, 0.0001, "a ten-thousandth, over time");
    measure(reader, LaneAxis::Time, 0, "a microsecond, over time");
    return 0;
}
