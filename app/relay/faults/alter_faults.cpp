// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults that know what a message says: one thing about it is made wrong, or other, and all else stays right. What that
// is in each protocol, its MessageEditor knows.

#include "app/relay/faults/fault_rows.h"
#include "app/relay/faults/row_help.h"
#include "protocol/base/message_editor.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

using Unit = FaultKey::Unit;

constexpr qint64 mostBy = 1'000'000'000;
constexpr std::array keyPreset { QLatin1StringView("content-type") };
constexpr std::array pathPreset { QLatin1StringView("json.result") };
constexpr std::array wrongLengthKeys {
    FaultKey { QLatin1StringView("by"), Unit::Bytes, 1, -mostBy, mostBy },
};
constexpr std::array missingKeyKeys {
    FaultKey { QLatin1StringView("key"), Unit::Text, 0, 0, 0, false, keyPreset },
};
constexpr std::array setKeys {
    FaultKey { QLatin1StringView("path"), Unit::Text, 0, 0, 0, false, pathPreset },
    FaultKey { QLatin1StringView("value"), Unit::Text },
};

QString alterText(const char* text)
{
    return QCoreApplication::translate("sockeye::FaultKinds", text);
}

class AlterStage final : public FaultStage {
public:
    AlterStage(Alteration alteration, QJsonObject detail, const FaultGround& ground)
        : m_alteration(std::move(alteration))
        , m_detail(std::move(detail))
        , m_ground(ground)
    {
    }

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        m_alteration.drawn = m_ground.random.next();
        const bool isDatagram = m_ground.transport == Transport::Udp;
        const auto frame = isDatagram ? std::optional(Frame { 0, piece.bytes.size(), 0, nullptr })
                                      : m_ground.protocol->frameOf(0, piece.bytes.size(), piece.bytes);
        const Altered changed = !frame
            ? tl::unexpected(alterText("It is no whole message."))
            : altered(*m_ground.protocol, m_alteration, *frame, piece.bytes, m_ground.limits);
        FaultStrike strike { piece.offset, piece.size, m_detail };
        if (!changed || *changed == piece.bytes) {
            strike.undone = changed ? alterText("It is like that already.") : changed.error();
        } else {
            if (changed->size() != piece.bytes.size()) {
                strike.detail.insert(QStringLiteral("bytes"), changed->size());
            }
            piece.bytes = *changed;
            constexpr qsizetype mostTold = 64 * 1024;
            strike.sent = changed->size() <= mostTold ? *changed : QByteArray();
        }
        out.strike(strike);
        out.piece(std::move(piece));
    }
    void end(FaultTime now, FaultExit& out) override
    {
        Q_UNUSED(now)
        out.end();
    }

private:
    Alteration m_alteration;
    QJsonObject m_detail;
    FaultGround m_ground;
};

QByteArray textOf(const QJsonObject& attributes, const FaultKey& key)
{
    return faultText(attributes, key).toUtf8();
}

FaultKind alterFault(QLatin1StringView id, Alteration::Kind alters)
{
    FaultKind kind;
    kind.id = id;
    kind.onDatagrams = true;
    kind.strikesMessages = true;
    kind.alters = alters;
    return kind;
}

} // namespace

FaultKind wrongLengthFault()
{
    FaultKind kind = alterFault(QLatin1StringView("wrong_length"), Alteration::Kind::WrongLength);
    kind.sentence = [] {
        return alterText(
            "The length that a message claims is changed by so many bytes; checksums fit the changed one.");
    };
    kind.keys = wrongLengthKeys;
    kind.make = [](const QJsonObject& attributes, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        const qint64 by = wholeNumber(attributes, wrongLengthKeys[0]);
        return std::make_unique<AlterStage>(Alteration { Alteration::Kind::WrongLength, by, {}, {} },
            QJsonObject { { QStringLiteral("by"), by } }, ground);
    };
    return kind;
}

FaultKind brokenUtf8Fault()
{
    FaultKind kind = alterFault(QLatin1StringView("broken_utf8"), Alteration::Kind::BrokenUtf8);
    kind.sentence = [] {
        return alterText("One of the texts of a message gets a byte (0xff) that no UTF-8 has; its length stays.");
    };
    kind.make = [](const QJsonObject&, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        return std::make_unique<AlterStage>(
            Alteration { Alteration::Kind::BrokenUtf8, 0, {}, {} }, QJsonObject(), ground);
    };
    return kind;
}

FaultKind missingKeyFault()
{
    FaultKind kind = alterFault(QLatin1StringView("missing_key"), Alteration::Kind::MissingKey);
    kind.sentence = [] {
        return alterText("A key, header or field is left out, by its path as filters write it (header.content-type, "
                         "json.action); lengths are computed again.");
    };
    kind.keys = missingKeyKeys;
    kind.make = [](const QJsonObject& attributes, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        const QByteArray key = textOf(attributes, missingKeyKeys[0]);
        return std::make_unique<AlterStage>(Alteration { Alteration::Kind::MissingKey, 0, key, {} },
            QJsonObject { { QStringLiteral("key"), QString::fromUtf8(key) } }, ground);
    };
    return kind;
}

FaultKind swapByteOrderFault()
{
    FaultKind kind = alterFault(QLatin1StringView("swap_byteorder"), Alteration::Kind::SwapByteOrder);
    kind.sentence = [] {
        return alterText(
            "The bytes of a message's numbers are the other way round; where a header claims an order, the claim is.");
    };
    kind.make = [](const QJsonObject&, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        return std::make_unique<AlterStage>(
            Alteration { Alteration::Kind::SwapByteOrder, 0, {}, {} }, QJsonObject(), ground);
    };
    return kind;
}

FaultKind setFault()
{
    FaultKind kind = alterFault(QLatin1StringView("set"), Alteration::Kind::Set);
    kind.sentence = [] {
        return alterText("What is at a path (header.NAME, json.NAME, content, a field of the protocol) gets a value; "
                         "lengths and checksums are computed again.");
    };
    kind.keys = setKeys;
    kind.make = [](const QJsonObject& attributes, const FaultGround& ground) -> std::unique_ptr<FaultStage> {
        const QByteArray path = textOf(attributes, setKeys[0]);
        const QString value = faultText(attributes, setKeys[1]);
        return std::make_unique<AlterStage>(Alteration { Alteration::Kind::Set, 0, path, value },
            QJsonObject { { QStringLiteral("path"), QString::fromUtf8(path) }, { QStringLiteral("value"), value } },
            ground);
    };
    return kind;
}

} // namespace sockeye
