// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/packet_sender.h"

#include "app/storage/input_bytes.h"
#include "protocol/hex/hex_reader.h"
#include "protocol/rules/table_reader.h"
#include "protocol/sendlist/list_reader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSettings>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr qint64 largestPackets = 16 * 1024 * 1024; ///< of the file

QString importText(const char* text, int count = -1)
{
    return QCoreApplication::translate("sockeye::PacketSender", text, nullptr, count);
}

/// A packet as Packet Sender keeps it.
struct KeptPacket {
    QString name;
    QString hex;
    QString to;
    QString port;
    QString kind; ///< "TCP", "UDP", "SSL", "HTTP GET", …
    double repeat = 0; ///< seconds until it is sent again
};

class Importer {
public:
    void take(const KeptPacket& packet)
    {
        if (m_out.list.messages.size() == maxListMessages) {
            ++m_beyond;
            return;
        }
        if (packet.kind.contains(u"http", Qt::CaseInsensitive)) {
            ++m_http;
            return;
        }
        const auto bytes = readHex(packet.hex);
        if (!bytes && !packet.hex.trimmed().isEmpty()) {
            ++m_wrong;
            return;
        }
        ListMessage message = ListMessage::ofBytes(bytes ? bytes->bytes : QByteArray(), "UTF-8");
        constexpr qsizetype longest = 200;
        message.name = packet.name.simplified().left(longest);
        const std::chrono::duration<double> repeat(packet.repeat);
        if (std::isfinite(packet.repeat) && packet.repeat > 0 && repeat <= rules::longestDuration) {
            message.pause = std::chrono::duration_cast<std::chrono::microseconds>(repeat);
        }
        if (!packet.to.isEmpty()) {
            m_places.insert(importText("%1 port %2 (%3)").arg(packet.to, packet.port, packet.kind));
        }
        m_out.list.messages.push_back(std::move(message));
    }

    tl::expected<ImportedList, QString> finish(const QString& file)
    {
        if (m_out.list.messages.empty()) {
            return tl::unexpected(
                importText("%1 has no packets of Packet Sender that can be sent from a list.").arg(file));
        }
        QStringList notes;
        const auto note = [&notes](const char* text, int count) {
            if (count > 0) {
                notes.append(importText(text, count));
            }
        };
        note("%n HTTP request(s) were left out.", m_http);
        note("%n packet(s) were left out: their bytes cannot be read.", m_wrong);
        note("%n packet(s) were left out: there are no more than 1,000 messages.", m_beyond);
        if (m_places.size() > 1) {
            note("They went to %n different place(s); a list goes where the client goes.",
                static_cast<int>(m_places.size()));
        } else if (!m_places.isEmpty()) {
            notes.append(importText("They went to %1.").arg(*m_places.constBegin()));
        }
        m_out.note = notes.join(u' ');
        return std::move(m_out);
    }

private:
    ImportedList m_out;
    QSet<QString> m_places;
    int m_http = 0;
    int m_wrong = 0;
    int m_beyond = 0;
};

void importJson(const QJsonArray& packets, Importer& importer)
{
    for (const auto& each : packets) {
        const QJsonObject packet = each.toObject();
        const auto text = [&packet](QStringView key) { return packet.value(key).toVariant().toString(); };
        importer.take({ text(u"name"), text(u"hexstring"), text(u"toip"), text(u"port"), text(u"tcporudp"),
            packet.value(u"repeat").toVariant().toDouble() });
    }
}

/// One group for each packet, by its name; the array NAMES has their order.
void importIni(const QString& file, Importer& importer)
{
    QSettings settings(file, QSettings::IniFormat);
    constexpr int most = 100'000; // the file may claim any number of them
    const int count = std::clamp(settings.beginReadArray(QStringLiteral("NAMES")), 0, most);
    QStringList names;
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        names.append(settings.value(QStringLiteral("name")).toString());
    }
    settings.endArray();
    QSet<QString> seen;
    for (const QString& name : names) {
        if (name.isEmpty() || seen.contains(name)) {
            continue;
        }
        seen.insert(name);
        const auto text = [&settings, &name](const char* key) {
            return settings.value(QString(name + u'/' + QLatin1StringView(key))).toString();
        };
        importer.take(
            { name, text("hexString"), text("toIP"), text("port"), text("tcpOrUdp"), text("repeat").toDouble() });
    }
}

} // namespace

tl::expected<ImportedList, QString> importPacketSender(const QString& file)
{
    const auto bytes = inputBytes(file, largestPackets);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    Importer importer;
    if (const QJsonDocument json = QJsonDocument::fromJson(*bytes); json.isArray()) {
        importJson(json.array(), importer);
    } else {
        importIni(file, importer);
    }
    return importer.finish(file);
}

} // namespace sockeye
