// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/unshown_packets.h"

#include "app/formats/reader/import_pipe.h"
#include "app/formats/reader/link_layer.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

// By UnshownPackets::Why.
constexpr std::array unshownTexts {
    QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) that hold neither TCP nor UDP over IP are not shown."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) whose headers are cut short are not shown."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n fragment(s) of IP packets are not shown: other fragments are missing."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n fragment(s) of IP packets are not shown: they contradict each other."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) of an interface that the file does not declare are not shown."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) whose block in the file contradicts itself are not shown."),
    QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) of further connections are not shown: the memory holds no more."),
};

} // namespace

void UnshownPackets::tell(ImportPipe& pipe, qint64 time, bool final)
{
    const auto say = [&](const char* text, Count& count, const QString& subject = {}) {
        if (count.seen == count.told || (!final && count.seen < 2 * count.told)) {
            return;
        }
        count.told = count.seen;
        CaptureEvent event;
        event.kind = EventKind::Note;
        event.time = time;
        event.text = QCoreApplication::translate("CaptureReader", text, nullptr,
            static_cast<int>(std::min<qint64>(count.seen, std::numeric_limits<int>::max())));
        if (!subject.isEmpty()) {
            event.text = event.text.arg(subject);
        }
        pipe.add(event, {});
    };
    for (auto& [linkType, count] : m_links) {
        say(QT_TRANSLATE_NOOP(
                "CaptureReader", "%n packet(s) of link type %1, which Sockeye cannot read, are not shown."),
            count, linkName(linkType));
    }
    for (auto& [name, count] : m_tunnels) {
        say(QT_TRANSLATE_NOOP("CaptureReader", "%n packet(s) inside %1, which Sockeye does not open, are not shown."),
            count, QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    }
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        say(unshownTexts[i], m_counts[i]);
    }
}

} // namespace sockeye
