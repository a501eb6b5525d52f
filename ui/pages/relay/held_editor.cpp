// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/held_editor.h"

#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"
#include "ui/composer/composer_form.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_views.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <limits>

namespace sockeye {

namespace {

constexpr int leastLines = 6; ///< of the views that are always seen: the tables below need the room

} // namespace

HeldEditor::HeldEditor(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComposerModel(this))
    , m_views(new ComposerViews(*m_model, this))
    , m_mode(new QComboBox(this))
    , m_connectionLabel(new QLabel(tr("Connection"), this))
    , m_connection(new QSpinBox(this))
    , m_act(new QPushButton(this))
    , m_drop(new QPushButton(tr("Drop"), this))
    , m_note(new QLabel(this))
    , m_protocol(defaultProtocol())
{
    buildLayout();
    connect(m_mode, &QComboBox::currentIndexChanged, this, &HeldEditor::setMode);
    connect(m_act, &QPushButton::clicked, this, &HeldEditor::act);
    connect(&m_views->form(), &ComposerForm::sendWanted, this, &HeldEditor::act);
    connect(m_drop, &QPushButton::clicked, this, [this] { decide(HoldDecision::Kind::Drop, {}); });
    connect(m_model, &ComposerModel::changed, this, &HeldEditor::showState, Qt::QueuedConnection);
    connect(&Theme::instance(), &Theme::changed, this, &HeldEditor::showState);
    offerModes();
}

void HeldEditor::buildLayout()
{
    m_mode->setAccessibleName(tr("What to do"));
    m_mode->setToolTip(tr("What the bytes below are for"));
    m_connection->setAccessibleName(tr("Connection of one more message"));
    m_connection->setRange(1, std::numeric_limits<int>::max());
    m_connection->setPrefix(QStringLiteral("#"));
    m_connection->setToolTip(tr("The number of the connection in the table below"));
    m_connectionLabel->setBuddy(m_connection);
    m_drop->setToolTip(tr("The held message goes no further"));
    m_note->setAccessibleName(tr("What is to be known of these bytes"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_mode, 1);
    row->addWidget(m_connectionLabel);
    row->addWidget(m_connection);
    row->addWidget(m_act);
    row->addWidget(m_drop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 4);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_note);
    auto* area = new FlatScrollArea(m_views, leastLines);
    area->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    column->addWidget(area, 1);
}

void HeldEditor::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol = protocol;
    setMode();
}

void HeldEditor::offerModes()
{
    const Mode before = mode();
    const QSignalBlocker blocker(m_mode);
    m_mode->clear();
    const auto offer = [this](Mode mode, const QString& text) { m_mode->addItem(text, static_cast<int>(mode)); };
    if (m_message) {
        const bool isFromClient = m_message->direction == Direction::In;
        offer(Mode::LetGo, isFromClient ? tr("Let it go to the target") : tr("Let it go to the client"));
        offer(Mode::Answer, isFromClient ? tr("Answer in the target's place") : tr("Answer in the client's place"));
    }
    offer(Mode::MoreToTarget, tr("Send one more to the target"));
    offer(Mode::MoreToClient, tr("Send one more to the client"));
    m_mode->setCurrentIndex(m_message ? 0 : std::max(m_mode->findData(static_cast<int>(before)), 0));
    setMode();
}

HeldEditor::Mode HeldEditor::mode() const
{
    return static_cast<Mode>(m_mode->currentData().toInt());
}

Direction HeldEditor::direction() const
{
    switch (mode()) {
    case Mode::LetGo:
        return m_message ? m_message->direction : Direction::In;
    case Mode::Answer:
        return m_message && m_message->direction == Direction::In ? Direction::Out : Direction::In;
    case Mode::MoreToClient:
        return Direction::Out;
    case Mode::MoreToTarget:
        break;
    }
    return Direction::In;
}

void HeldEditor::setMode()
{
    m_views->setProtocol(m_protocol, direction() == Direction::In ? Sender::Client : Sender::Server);
    showState();
}

void HeldEditor::showMessage(const HeldMessage& message)
{
    if (shown() == message.id) {
        return;
    }
    m_message = message;
    m_connection->setValue(static_cast<int>(std::min<quint32>(message.connection, std::numeric_limits<int>::max())));
    offerModes();
    m_isTooLong = message.bytes.size() > mostEdited;
    m_model->edit(nullptr, [&](RequestDraft& draft) { draft.setBytes(m_isTooLong ? QByteArray() : message.bytes); });
    showState();
}

void HeldEditor::showNone()
{
    if (m_message) {
        m_message.reset();
        m_isTooLong = false;
        offerModes();
    }
}

std::optional<quint64> HeldEditor::shown() const
{
    return m_message ? std::optional(m_message->id) : std::nullopt;
}

void HeldEditor::setConnection(quint32 connection)
{
    if (!m_message && connection > 0) {
        m_connection->setValue(static_cast<int>(std::min<quint32>(connection, std::numeric_limits<int>::max())));
    }
}

void HeldEditor::setRunning(bool running)
{
    m_isRunning = running;
    showState();
}

void HeldEditor::act()
{
    if (!m_act->isEnabled() || (!m_isTooLong && !m_model->obstacle().isEmpty())) {
        return;
    }
    const QByteArray bytes = m_model->draft().bytes();
    switch (mode()) {
    case Mode::LetGo:
        decide(HoldDecision::Kind::LetGo, m_isTooLong ? m_message->bytes : bytes);
        break;
    case Mode::Answer:
        decide(HoldDecision::Kind::Answer, bytes);
        break;
    case Mode::MoreToTarget:
    case Mode::MoreToClient:
        Q_EMIT insertWanted(static_cast<quint32>(m_connection->value()), direction(), bytes);
        break;
    }
}

void HeldEditor::decide(HoldDecision::Kind kind, const QByteArray& bytes)
{
    if (m_message) {
        Q_EMIT decided({ m_message->id, m_message->connection, m_message->direction, kind, bytes });
    }
}

void HeldEditor::showState()
{
    const bool isMore = mode() == Mode::MoreToTarget || mode() == Mode::MoreToClient;
    const QByteArray bytes = m_model->draft().bytes();
    const bool asItCame = m_isTooLong && mode() == Mode::LetGo;
    const bool isChanged = m_message && !m_isTooLong && bytes != m_message->bytes;
    m_views->setEnabled(!asItCame);
    m_connectionLabel->setVisible(isMore);
    m_connection->setVisible(isMore);
    m_act->setText(mode() == Mode::LetGo ? (isChanged ? tr("Let go, changed") : tr("Let go"))
            : mode() == Mode::Answer     ? tr("Answer")
                                         : tr("Send"));
    m_act->setEnabled(m_isRunning && (asItCame || m_model->obstacle().isEmpty()) && (!isMore || !bytes.isEmpty()));
    m_drop->setVisible(m_message.has_value());
    const bool isError = !m_model->obstacle().isEmpty();
    QString note = isError ? m_model->obstacle() : m_model->draft().remark();
    if (asItCame) {
        note = tr("This message is too long to be edited here, more than %1 bytes. It can be let go as it came, or "
                  "dropped.")
                   .arg(groupedDigits(mostEdited));
    }
    if (note.isEmpty() && mode() == Mode::LetGo && isChanged) {
        note =
            tr("%1 bytes go instead of %2.").arg(groupedDigits(bytes.size()), groupedDigits(m_message->bytes.size()));
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    setTextColour(*m_note, isError ? Theme::instance().error() : Theme::instance().muted());
}

} // namespace sockeye
