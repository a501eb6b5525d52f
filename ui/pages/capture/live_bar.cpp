// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/capture/live_bar.h"

#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/filling_combo_box.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

// Long enough that one who types is not told off in the middle of a word.
constexpr auto pauseInTyping = 400ms;

} // namespace

LiveBar::LiveBar(QWidget* parent)
    : QWidget(parent)
    , m_interface(new FillingComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_protocol(new ProtocolBox(this))
    , m_start(new QPushButton(tr("Start capture"), this))
    , m_stop(new QPushButton(tr("Stop capture"), this))
    , m_filterError(new QLabel(this))
    , m_state(new QLabel(this))
    , m_failure(new QLabel(this))
    , m_typing(new QTimer(this))
{
    buildFields();
    buildLayout();
    connectParts();
    setFocusProxy(m_interface);
}

void LiveBar::buildFields()
{
    m_interface->setAccessibleName(tr("Interface"));
    m_interface->setToolTip(tr("Where the packets pass. The loopback interface is for programs of this machine"));
    m_interface->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_interface->setMinimumContentsLength(20);
    m_interface->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_filter->setAccessibleName(tr("Capture filter"));
    m_filter->setPlaceholderText(tr("everything; or, for example, tcp port 65432"));
    m_filter->setToolTip(tr("Only packets that it lets through are captured, in the language of tcpdump and libpcap: "
                            "tcp port 65432, host 10.0.0.1 and udp, …"));
    m_filter->setMaxLength(4096);
    m_filter->setClearButtonEnabled(true);
    m_start->setToolTip(tr("Capture from now on. What was captured here before goes, unless it was saved"));
    m_stop->setToolTip(tr("Capture no more; what was captured stays"));
    m_state->setAccessibleName(tr("Capture state"));
    m_filterError->setAccessibleName(tr("What is wrong with the filter"));
    m_failure->setAccessibleName(tr("What went wrong"));
    for (QLabel* label : { m_filterError, m_failure }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
    for (QLabel* label : { m_filterError, m_state, m_failure }) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_stop->hide();
    m_typing->setSingleShot(true);
    m_typing->setInterval(pauseInTyping);
}

void LiveBar::buildLayout()
{
    const auto labelOf = [this](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        return label;
    };
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    buttons->addStretch(1);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(8);
    fields->setVerticalSpacing(4);
    fields->addWidget(labelOf(tr("&Interface"), m_interface), 0, 0);
    fields->addWidget(m_interface, 0, 1);
    fields->addLayout(buttons, 0, 3);
    fields->addWidget(labelOf(tr("Capture fi&lter"), m_filter), 1, 0);
    fields->addWidget(m_filter, 1, 1);
    fields->addWidget(labelOf(tr("P&rotocol"), m_protocol), 1, 2);
    fields->addWidget(m_protocol, 1, 3);
    fields->addWidget(m_filterError, 2, 1, 1, 3);
    fields->setColumnStretch(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(fields);
    layout->addWidget(m_state);
    layout->addWidget(m_failure);
}

void LiveBar::connectParts()
{
    connect(m_interface, &FillingComboBox::aboutToShow, this, &LiveBar::interfacesWanted);
    connect(m_interface, &QComboBox::currentIndexChanged, this, [this] {
        m_interface->setToolTip(m_interface->currentText());
        Q_EMIT interfaceChanged();
    });
    connect(m_filter, &QLineEdit::textEdited, m_typing, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::textChanged, this, [this] { showFilterError({}); });
    connect(m_typing, &QTimer::timeout, this, &LiveBar::filterEntered);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_typing->stop();
        if (!m_start->isHidden() && m_start->isEnabled()) {
            Q_EMIT startWanted();
        }
    });
    connect(m_protocol, &ProtocolBox::chosen, this, &LiveBar::protocolChosen);
    connect(m_start, &QPushButton::clicked, this, &LiveBar::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &LiveBar::stopWanted);
    connect(&Theme::instance(), &Theme::changed, this, &LiveBar::applyTheme);
}

void LiveBar::setInterfaces(const QList<NetworkInterface>& interfaces)
{
    if (interfaces == m_known) {
        return;
    }
    m_known = interfaces;
    const QString chosen = interface();
    {
        const QSignalBlocker blocker(m_interface);
        m_interface->clear();
        for (const NetworkInterface& each : interfaces) {
            m_interface->addItem(interfaceText(each), each.name);
            m_interface->setItemData(
                m_interface->count() - 1, each.addresses.join(QStringLiteral(", ")), Qt::ToolTipRole);
        }
        if (!chosen.isEmpty() && m_interface->findData(chosen) < 0) {
            m_interface->addItem(tr("%1: not there at present").arg(chosen), chosen);
        }
        m_interface->setCurrentIndex(chosen.isEmpty() ? 0 : m_interface->findData(chosen));
        m_interface->setToolTip(m_interface->currentText());
    }
    m_start->setEnabled(m_interface->count() > 0);
    Q_EMIT interfaceChanged();
}

QString LiveBar::interface() const
{
    return m_interface->currentData().toString();
}

QString LiveBar::filter() const
{
    return m_filter->text().trimmed();
}

void LiveBar::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol->setProtocol(protocol);
}

const ProtocolPtr& LiveBar::protocol() const
{
    return m_protocol->protocol();
}

QString LiveBar::stateWord(LiveCapture::State state)
{
    switch (state) {
    case LiveCapture::State::Idle:
        break;
    case LiveCapture::State::Starting:
        return tr("starting");
    case LiveCapture::State::Capturing:
        return tr("capturing");
    case LiveCapture::State::Stopping:
        return tr("stopping");
    case LiveCapture::State::Stopped:
        return tr("stopped");
    case LiveCapture::State::Failed:
        return tr("failed");
    }
    return tr("not started");
}

QString LiveBar::progressText(const LiveCapture& live) const
{
    const PacketCounts& counts = live.counts();
    const auto since = QDateTime::fromMSecsSinceEpoch(live.startedAt() / 1'000'000).time();
    QString text = tr("%1 packets").arg(groupedNumber(static_cast<qint64>(counts.captured)));
    if (counts.captured == 1) {
        text = tr("1 packet");
    }
    text += u", "
        + (counts.dropped == 0 ? tr("none dropped by the kernel")
                               : tr("%1 dropped by the kernel: they came too fast")
                                     .arg(groupedNumber(static_cast<qint64>(counts.dropped))));
    if (counts.missed > 0) {
        text += u", " + tr("%1 missed by the interface").arg(groupedNumber(static_cast<qint64>(counts.missed)));
    }
    return text + u", " + tr("since %1").arg(QLocale().toString(since, QStringLiteral("HH:mm:ss")));
}

void LiveBar::showState(const LiveCapture& live)
{
    const bool isRunning = live.isRunning();
    // Focus goes along, so that the keyboard starts and stops without searching.
    const bool hadFocus = m_start->hasFocus() || m_stop->hasFocus();
    m_start->setVisible(!isRunning);
    m_stop->setVisible(isRunning);
    m_stop->setEnabled(live.state() != LiveCapture::State::Stopping);
    if (hadFocus) {
        (isRunning ? m_stop : m_start)->setFocus();
    }
    m_interface->setEnabled(!isRunning);
    m_filter->setEnabled(!isRunning);
    m_capturing = live.state() == LiveCapture::State::Capturing;
    m_failed = live.state() == LiveCapture::State::Failed;
    m_stateText = stateWord(live.state());
    if (live.startedAt() != 0) {
        m_stateText += u": " + progressText(live);
    }
    applyTheme();
}

void LiveBar::showFailure(const QString& text)
{
    m_failure->setText(text);
    m_failure->setVisible(!text.isEmpty());
}

void LiveBar::showFilterError(const QString& text)
{
    m_filterError->setText(text);
    m_filterError->setVisible(!text.isEmpty());
}

void LiveBar::applyTheme()
{
    const Theme& theme = Theme::instance();
    const QColor dot = m_capturing ? theme.good() : m_failed ? theme.error() : theme.muted();
    m_state->setText(dotAndWords(m_capturing, dot, m_stateText));
    setTextColour(*m_filterError, theme.error());
    setTextColour(*m_failure, theme.error());
}

QJsonObject LiveBar::saveState() const
{
    return { { QStringLiteral("interface"), interface() }, { QStringLiteral("filter"), m_filter->text() },
        { QStringLiteral("framing"), protocol()->id() } };
}

void LiveBar::restoreState(const QJsonObject& state)
{
    constexpr qsizetype longestName = 255;
    const QString name = state.value(QLatin1StringView("interface")).toString().left(longestName);
    if (!name.isEmpty()) {
        if (m_interface->findData(name) < 0) {
            m_interface->addItem(name, name);
        }
        m_interface->setCurrentIndex(m_interface->findData(name));
    }
    m_filter->setText(state.value(QLatin1StringView("filter")).toString());
    ProtocolLibrary::instance().restore(state.value(QLatin1StringView("framing")).toString(), this,
        [this](const ProtocolPtr& protocol) { m_protocol->setProtocol(protocol); });
}

} // namespace sockeye
