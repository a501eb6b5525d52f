// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/many_bar.h"

#include "protocol/protocols/registry.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/tls/tls_client_panel.h"
#include "ui/widgets/flat_scroll_area.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFontMetrics>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr int shownMessages = 3; ///< lines of the field
constexpr double longestTimeout = 3'600;
constexpr int leastSocketLines = 4; ///< of the options of sockets that are always seen

} // namespace

ManyBar::ManyBar(QWidget* parent)
    : QWidget(parent)
    , m_host(new QLineEdit(QStringLiteral("127.0.0.1"), this))
    , m_port(new QSpinBox(this))
    , m_connections(new QSpinBox(this))
    , m_timeout(new QDoubleSpinBox(this))
    , m_protocol(new ProtocolBox(this))
    , m_messages(new QPlainTextEdit(this))
    , m_lineFeed(new QCheckBox(tr("&End each with a line feed"), this))
    , m_tls(new QCheckBox(tr("T&LS"), this))
    , m_trust(new TlsClientPanel(this))
    , m_socket(new SocketOptionsPanel(SocketOptionsPanel::Side::Client))
    , m_socketArea(new FlatScrollArea(m_socket, leastSocketLines, this))
    , m_start(new QPushButton(tr("&Open connections"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
    , m_progress(new QProgressBar(this))
    , m_summary(new QLabel(this))
    , m_failure(new QLabel(this))
{
    buildFields();
    buildLayout();
    connectParts();
    setRunning(false);
    applyTheme();
}

void ManyBar::buildFields()
{
    m_host->setAccessibleName(tr("Host"));
    m_host->setToolTip(tr("A name or an address"));
    m_host->setMinimumWidth(m_host->fontMetrics().averageCharWidth() * 24);
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65'535);
    m_port->setValue(65'432);
    m_connections->setAccessibleName(tr("Number of connections"));
    m_connections->setRange(1, ManyConnections::maxConnections);
    m_connections->setGroupSeparatorShown(true);
    m_connections->setValue(2);
    m_timeout->setAccessibleName(tr("Time-out"));
    m_timeout->setRange(0, longestTimeout);
    m_timeout->setDecimals(1);
    m_timeout->setValue(10);
    m_timeout->setSuffix(QStringLiteral(" s"));
    m_timeout->setSpecialValueText(tr("none"));
    m_timeout->setToolTip(tr("How long each may take to connect, and how long it may be silent. 0 waits for ever"));
    m_protocol->setProtocol(plainProtocol());
    m_messages->setAccessibleName(tr("Messages to send"));
    m_messages->setPlainText(QStringLiteral("Message 1 from client.\nMessage 2 from client."));
    m_messages->setPlaceholderText(tr("One message a line; each is sent with a write of its own"));
    m_messages->setToolTip(tr("One message a line. All of them are sent on every connection, each with a write of its "
                              "own; the other side should send the same bytes back"));
    m_messages->setTabChangesFocus(true);
    m_messages->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_messages->setFont(Theme::instance().monospace());
    const int frame = 2 * (m_messages->frameWidth() + static_cast<int>(m_messages->document()->documentMargin()));
    m_messages->setFixedHeight(shownMessages * QFontMetrics(m_messages->font()).lineSpacing() + frame + 2);
    m_lineFeed->setAccessibleName(tr("End each with a line feed"));
    m_tls->setAccessibleName(tr("TLS"));
    m_tls->setToolTip(tr("Every connection speaks TLS"));
    m_trust->hide();
    m_start->setToolTip(
        tr("Open them all, send the messages on each, and close each one once as many bytes came back"));
    m_cancel->setToolTip(tr("Close every connection that is not done"));
    m_progress->setAccessibleName(tr("Connections done"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(8);
    m_summary->setAccessibleName(tr("Summary"));
    m_failure->setAccessibleName(tr("What went wrong"));
    for (QLabel* label : { m_summary, m_failure }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    setFocusProxy(m_host);
}

void ManyBar::buildLayout()
{
    const auto labelOf = [this](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        return label;
    };
    auto* target = new QHBoxLayout;
    target->setSpacing(8);
    target->addWidget(m_host, 1);
    target->addWidget(labelOf(tr("P&ort"), m_port));
    target->addWidget(m_port);
    target->addWidget(m_tls);
    target->addStretch(1);
    target->addWidget(m_start);
    target->addWidget(m_cancel);
    auto* amount = new QHBoxLayout;
    amount->setSpacing(8);
    amount->addWidget(m_connections);
    amount->addWidget(labelOf(tr("&Time-out"), m_timeout));
    amount->addWidget(m_timeout);
    amount->addWidget(labelOf(tr("P&rotocol"), m_protocol));
    amount->addWidget(m_protocol);
    amount->addStretch(1);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(8);
    fields->setVerticalSpacing(4);
    fields->addWidget(labelOf(tr("&Host"), m_host), 0, 0);
    fields->addLayout(target, 0, 1);
    fields->addWidget(m_trust, 1, 1);
    fields->addWidget(labelOf(tr("Co&nnections"), m_connections), 2, 0);
    fields->addLayout(amount, 2, 1);
    fields->addWidget(labelOf(tr("&Messages"), m_messages), 3, 0, Qt::AlignTop);
    fields->addWidget(m_messages, 3, 1);
    fields->addWidget(m_lineFeed, 4, 1);
    fields->addWidget(m_socketArea, 5, 1);
    fields->setColumnStretch(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(fields);
    layout->addWidget(m_progress);
    layout->addWidget(m_summary);
    layout->addWidget(m_failure);
}

void ManyBar::connectParts()
{
    connect(m_start, &QPushButton::clicked, this, &ManyBar::startWanted);
    connect(m_cancel, &QPushButton::clicked, this, &ManyBar::cancelWanted);
    connect(m_protocol, &ProtocolBox::chosen, this, &ManyBar::protocolChosen);
    connect(m_host, &QLineEdit::returnPressed, m_start, &QPushButton::click);
    const auto fieldChanged = [this] {
        updateStart();
        Q_EMIT changed();
    };
    connect(m_host, &QLineEdit::textChanged, this, fieldChanged);
    connect(m_port, &QSpinBox::valueChanged, this, fieldChanged);
    connect(m_messages, &QPlainTextEdit::textChanged, this, fieldChanged);
    connect(m_tls, &QCheckBox::toggled, m_trust, &QWidget::setVisible);
    connect(&Theme::instance(), &Theme::changed, this, &ManyBar::applyTheme);
}

void ManyBar::setTarget(const Destination& there)
{
    m_host->setText(there.host);
    m_port->setValue(there.port);
    m_tls->setChecked(there.tls);
}

QList<QByteArray> ManyBar::messages() const
{
    QStringList lines = m_messages->toPlainText().split(u'\n');
    while (!lines.isEmpty() && lines.last().isEmpty()) {
        lines.removeLast();
    }
    QList<QByteArray> messages;
    messages.reserve(lines.size());
    for (const QString& line : lines) {
        messages.append(m_lineFeed->isChecked() ? line.toUtf8() + '\n' : line.toUtf8());
    }
    return messages;
}

ManyOptions ManyBar::options() const
{
    ManyOptions options;
    options.host = m_host->text().trimmed();
    options.port = static_cast<quint16>(m_port->value());
    options.connections = m_connections->value();
    options.messages = messages();
    options.tls.on = m_tls->isChecked();
    m_trust->apply(options.tls);
    options.socket = m_socket->options();
    options.proxy = m_socket->proxy();
    const std::chrono::milliseconds timeout(std::lround(m_timeout->value() * 1'000));
    options.connectTimeout = timeout;
    options.replyTimeout = timeout;
    return options;
}

void ManyBar::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol->setProtocol(protocol);
}

const ProtocolPtr& ManyBar::protocol() const
{
    return m_protocol->protocol();
}

QString ManyBar::obstacle() const
{
    if (m_host->text().trimmed().isEmpty()) {
        return tr("Enter a host to connect to.");
    }
    if (messages().isEmpty()) {
        return tr("Write at least one message to send.");
    }
    return {};
}

void ManyBar::updateStart()
{
    const QString obstacle = this->obstacle();
    m_start->setEnabled(obstacle.isEmpty());
    m_failure->setText(obstacle.isEmpty() || m_running ? m_wentWrong : obstacle);
    m_failure->setVisible(!m_failure->text().isEmpty());
    m_summary->setVisible(!m_summary->text().isEmpty());
}

void ManyBar::setRunning(bool running)
{
    // Focus goes along, so that the keyboard starts and cancels without searching.
    const bool hadFocus = m_start->hasFocus() || m_cancel->hasFocus();
    m_running = running;
    m_start->setVisible(!running);
    m_cancel->setVisible(running);
    m_progress->setVisible(running);
    if (hadFocus) {
        (running ? m_cancel : m_start)->setFocus();
    }
    for (QWidget* field :
        { static_cast<QWidget*>(m_host), static_cast<QWidget*>(m_port), static_cast<QWidget*>(m_connections),
            static_cast<QWidget*>(m_timeout), static_cast<QWidget*>(m_messages), static_cast<QWidget*>(m_lineFeed),
            static_cast<QWidget*>(m_tls), static_cast<QWidget*>(m_trust), static_cast<QWidget*>(m_socket) }) {
        field->setEnabled(!running);
    }
    if (running) {
        m_wentWrong.clear();
    }
    updateStart();
}

void ManyBar::showSummary(const ManySummary& summary, int connections, bool over)
{
    m_progress->setRange(0, connections);
    m_progress->setValue(connections - summary.waiting);
    QStringList parts { tr("%1 intact").arg(groupedNumber(summary.intact)),
        tr("%1 short").arg(groupedNumber(summary.tooShort)), tr("%1 failed").arg(groupedNumber(summary.failed)) };
    if (summary.changed > 0) {
        parts.insert(1, tr("%1 with other bytes than were sent").arg(groupedNumber(summary.changed)));
    }
    if (!over) {
        parts.prepend(
            tr("%1 of %2 done").arg(groupedNumber(connections - summary.waiting), groupedNumber(connections)));
    }
    parts.append(tr("%1 bytes out, %2 in").arg(groupedNumber(summary.bytesOut), groupedNumber(summary.bytesIn)));
    QString text = parts.join(QStringLiteral(", "));
    if (over) {
        const double seconds = static_cast<double>(summary.nanoseconds) / 1e9;
        text = (connections == 1 ? tr("1 connection in %1 s: ").arg(QLocale().toString(seconds, 'f', 3))
                                 : tr("%1 connections in %2 s: ")
                                       .arg(groupedNumber(connections), QLocale().toString(seconds, 'f', 3)))
            + text;
    }
    m_summary->setText(text);
    m_wentWrong = over ? summary.failure.oneLine() : QString();
    updateStart();
}

void ManyBar::applyTheme()
{
    QPalette palette = m_failure->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().error());
    m_failure->setPalette(palette);
    m_messages->setFont(Theme::instance().monospace());
}

QJsonObject ManyBar::saveState() const
{
    return {
        { QStringLiteral("host"), m_host->text() },
        { QStringLiteral("port"), m_port->value() },
        { QStringLiteral("tls"), m_tls->isChecked() },
        { QStringLiteral("trust"), m_trust->saveState() },
        { QStringLiteral("socket"), m_socket->saveState() },
        { QStringLiteral("number"), m_connections->value() },
        { QStringLiteral("timeout"), m_timeout->value() },
        { QStringLiteral("framing"), protocol()->id() },
        { QStringLiteral("texts"), m_messages->toPlainText() },
        { QStringLiteral("lineFeed"), m_lineFeed->isChecked() },
    };
}

void ManyBar::restoreState(const QJsonObject& state)
{
    m_host->setText(state.value(u"host").toString(m_host->text()));
    m_port->setValue(state.value(u"port").toInt(m_port->value()));
    m_tls->setChecked(state.value(u"tls").toBool(m_tls->isChecked()));
    m_trust->restore(state.value(u"trust").toObject());
    m_socket->restore(state.value(u"socket").toObject());
    m_connections->setValue(state.value(u"number").toInt(m_connections->value()));
    m_timeout->setValue(state.value(u"timeout").toDouble(m_timeout->value()));
    ProtocolLibrary::instance().restore(state.value(u"framing").toString(), this,
        [this](const ProtocolPtr& protocol) { m_protocol->setProtocol(protocol); });
    m_messages->setPlainText(state.value(u"texts").toString(m_messages->toPlainText()));
    m_lineFeed->setChecked(state.value(u"lineFeed").toBool(m_lineFeed->isChecked()));
}

} // namespace sockeye
