// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/socket_options_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/disclosure_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QRegularExpression>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <limits>

namespace sockeye {

namespace {

constexpr int usualProxy = 26; ///< characters: "socks5://127.0.0.1:1080"

/// "&Send buffer" is "Send buffer" to who does not see it.
QString plain(QString text)
{
    return text.remove(u'&');
}

} // namespace

SocketOptionsPanel::SocketOptionsPanel(Side side, QWidget* parent)
    : QWidget(parent)
    , m_side(side)
    , m_show(new DisclosureButton(tr("Socket options"), this))
    , m_rows(new QWidget(this))
    , m_grid(new QGridLayout(m_rows))
    , m_noDelay(new QCheckBox(tr("Send small writes at once"), m_rows))
    , m_keepAlive(new QCheckBox(tr("Keep-alive"), m_rows))
    , m_problem(new QLabel(m_rows))
{
    m_show->setToolTip(tr("Keep-alive, buffers, TTL and what else a socket can be told before it connects or listens"));
    m_grid->setContentsMargins(16, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(2, 1);

    if (side != Side::Server) {
        m_ownEnd = new QLineEdit(m_rows);
        m_ownEnd->setPlaceholderText(tr("any"));
        m_ownEnd->setToolTip(tr("A port, an address, or ADDRESS:PORT, as 5000, 192.168.1.2:5000 or [::1]:5000"));
        add(Of::Both, tr("Own address and port"), m_ownEnd,
            side == Side::Relay ? tr("Where our side of the connection to the target is; what is not given, the system "
                                     "chooses.")
                                : tr("Where our side of the connection is; what is not given, the system chooses."));
    }
    if (side == Side::Client) {
        m_proxy = new QLineEdit(m_rows);
        m_proxy->setPlaceholderText(tr("none"));
        m_proxy->setMinimumWidth(m_proxy->fontMetrics().averageCharWidth() * usualProxy);
        m_proxy->setToolTip(tr("socks5://HOST:PORT or http://HOST:PORT, with USER:PASSWORD@ before the host if it "
                               "wants them. The password is not saved."));
        add(Of::Tcp, tr("Proxy"), m_proxy,
            tr("Who connects to the server in our place, by SOCKS5 or HTTP CONNECT; it also looks names up."));
    }
    m_noDelay->setChecked(true);
    add(Of::Tcp, {}, m_noDelay,
        tr("Off: small writes are collected while others are unconfirmed (Nagle's algorithm), for fewer packets."));
    add(Of::Tcp, {}, m_keepAlive, tr("The system asks a silent peer whether it is still there."));
    m_idle = addNumber(Of::Tcp, tr("after"), tr("Seconds of silence before it asks for the first time."),
        SocketOptions::KeepAlive::longest, tr(" s", "seconds"));
    m_interval = addNumber(Of::Tcp, tr("every"), tr("Seconds from a question without an answer to the next."),
        SocketOptions::KeepAlive::longest, tr(" s", "seconds"));
    m_count = addNumber(Of::Tcp, tr("times"), tr("Unanswered questions after which the connection is lost."),
        SocketOptions::KeepAlive::most);
    const int biggest = std::numeric_limits<int>::max() / 2;
    m_sendBuffer = addNumber(Of::Both, tr("Send buffer"),
        tr("How much may wait in the system to be sent; Linux takes twice as much, up to a most."), biggest,
        tr(" bytes"));
    m_receiveBuffer = addNumber(Of::Both, tr("Receive buffer"),
        tr("How much may have come and not been read; a small one slows the sender down, or loses datagrams."), biggest,
        tr(" bytes"));
    m_ttl = addNumber(Of::Both, tr("TTL"),
        tr("How many routers a packet may pass before it is thrown away: TTL of IPv4, hop limit of IPv6."), 255);
    m_trafficClass = addNumber(Of::Both, tr("Traffic class"),
        tr("The byte by which routers give precedence: four times the DSCP, as 184 for EF (46)."), 255);
    m_trafficClass->setMinimum(-1);
    m_trafficClass->setValue(-1);
    if (side != Side::Relay) {
        addMulticast();
    }
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setAccessibleName(tr("What is wrong with the socket options"));
    m_problem->hide();
    m_grid->addWidget(m_problem, m_grid->rowCount(), 0, 1, 3);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_show);
    column->addWidget(m_rows);
    m_rows->hide();
    connect(m_show, &QToolButton::toggled, m_rows, &QWidget::setVisible);
    const auto enable = [this] {
        for (QSpinBox* const box : { m_idle, m_interval, m_count }) {
            box->setEnabled(m_keepAlive->isChecked());
        }
    };
    connect(m_keepAlive, &QCheckBox::toggled, this, enable);
    enable();
    for (QLineEdit* const edit : { m_ownEnd, m_proxy, m_groups }) {
        if (edit != nullptr) {
            connect(edit, &QLineEdit::textChanged, this, &SocketOptionsPanel::check);
        }
    }
    connect(&Theme::instance(), &Theme::changed, this, &SocketOptionsPanel::showColours);
    showColours();
    showRows();
}

void SocketOptionsPanel::addMulticast()
{
    m_groups = new QLineEdit(m_rows);
    m_interface = new QComboBox(m_rows);
    m_groups->setPlaceholderText(tr("none"));
    m_groups->setToolTip(tr("Multicast groups with spaces between: 239.1.1.1 ff02::1234"));
    if (m_side == Side::Client) {
        m_broadcast = new QCheckBox(tr("Allow broadcasts"), m_rows);
        add(Of::Udp, {}, m_broadcast, tr("A datagram to 255.255.255.255, or all of a network, is for every machine."));
    }
    add(Of::Udp, tr("Join groups"), m_groups,
        m_side == Side::Client ? tr("What is sent to these multicast groups, at our own port, comes here, too.")
                               : tr("What is sent to these multicast groups is served; listen on 0.0.0.0 or ::."));
    add(Of::Udp, tr("Interface"), m_interface, tr("By which multicast groups are joined and sent to."));
    if (m_side == Side::Client) {
        m_loop = new QCheckBox(tr("Loop back"), m_rows);
        m_loop->setChecked(true);
        add(Of::Udp, {}, m_loop, tr("What is sent to a multicast group comes to sockets of this machine, as well."));
    }
    m_interface->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_interface->setMinimumContentsLength(8);
    fillInterfaces();
}

QWidget* SocketOptionsPanel::add(Of of, const QString& text, QWidget* field, const QString& about)
{
    const int row = m_grid->rowCount();
    Row added { of, { field } };
    auto* sentence = new QLabel(about, m_rows);
    sentence->setWordWrap(true);
    m_sentences.append(sentence);
    if (text.isEmpty()) {
        m_grid->addWidget(field, row, 0, 1, 2);
    } else {
        auto* label = new QLabel(text, m_rows);
        label->setBuddy(field);
        field->setAccessibleName(plain(text));
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(field, row, 1);
        added.widgets.append(label);
    }
    m_grid->addWidget(sentence, row, 2);
    added.widgets.append(sentence);
    field->setAccessibleDescription(about);
    m_all.append(added);
    return field;
}

QSpinBox* SocketOptionsPanel::addNumber(Of of, const QString& text, const QString& about, int most, const QString& unit)
{
    auto* box = new QSpinBox(m_rows);
    box->setRange(0, most);
    box->setSpecialValueText(tr("the system's"));
    box->setSuffix(unit);
    box->setGroupSeparatorShown(true);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setAlignment(Qt::AlignRight);
    add(of, text, box, about);
    return box;
}

void SocketOptionsPanel::fillInterfaces()
{
    m_interface->addItem(tr("the system's"), QString());
    for (const QNetworkInterface& each : QNetworkInterface::allInterfaces()) {
        m_interface->addItem(each.name(), each.name());
    }
}

void SocketOptionsPanel::setTransport(Transport transport)
{
    m_transport = transport;
    showRows();
    check();
}

void SocketOptionsPanel::showRows()
{
    for (const Row& row : std::as_const(m_all)) {
        const bool shows = row.of == Of::Both || (row.of == Of::Udp) == (m_transport == Transport::Udp);
        for (QWidget* const widget : row.widgets) {
            widget->setVisible(shows);
        }
    }
}

QList<QHostAddress> SocketOptionsPanel::groups() const
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    QList<QHostAddress> groups;
    if (m_groups == nullptr) {
        return groups;
    }
    for (const QString& word : m_groups->text().split(between, Qt::SkipEmptyParts)) {
        if (const QHostAddress address(word); address.isMulticast() && !groups.contains(address)) {
            groups.append(address);
        }
    }
    return groups;
}

void SocketOptionsPanel::check()
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    QString problem;
    if (m_ownEnd != nullptr && !m_ownEnd->text().trimmed().isEmpty() && !readOwnEnd(m_ownEnd->text().trimmed())) {
        problem = tr("“%1” is no address of our own: expected a port, an address, or ADDRESS:PORT, as 5000 or "
                     "192.168.1.2:5000. It is not used.")
                      .arg(m_ownEnd->text().left(60));
    }
    if (m_transport == Transport::Tcp && m_proxy != nullptr && !m_proxy->text().trimmed().isEmpty()) {
        if (const auto proxy = readProxy(m_proxy->text().trimmed()); !proxy) {
            problem = tr("%1 Until then nothing can be sent.").arg(proxy.error());
        }
    }
    if (m_transport == Transport::Udp && m_groups != nullptr) {
        for (const QString& word : m_groups->text().split(between, Qt::SkipEmptyParts)) {
            if (!QHostAddress(word).isMulticast()) {
                problem = tr("“%1” is no multicast group: those are 224.0.0.0 to 239.255.255.255, and what begins with "
                             "ff in IPv6. It is not joined.")
                              .arg(word.left(60));
            }
        }
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void SocketOptionsPanel::showColours()
{
    setTextColour(*m_problem, Theme::instance().error());
    for (QLabel* const sentence : std::as_const(m_sentences)) {
        setTextColour(*sentence, Theme::instance().muted()); // quieter than what can be set
    }
}

SocketOptions SocketOptionsPanel::options() const
{
    const auto given = [](const QSpinBox* box, int least) {
        return box->value() < least ? std::optional<int>() : std::optional<int>(box->value());
    };
    SocketOptions options;
    if (m_ownEnd != nullptr) {
        options.bindTo = readOwnEnd(m_ownEnd->text().trimmed()).value_or(SocketAddress());
    }
    options.noDelay = m_noDelay->isChecked();
    if (m_keepAlive->isChecked()) {
        options.keepAlive = { m_idle->value(), m_interval->value(), m_count->value() };
    }
    options.sendBuffer = given(m_sendBuffer, 1);
    options.receiveBuffer = given(m_receiveBuffer, 1);
    options.ttl = given(m_ttl, 1);
    options.trafficClass = given(m_trafficClass, 0);
    if (m_transport == Transport::Udp && m_groups != nullptr) {
        options.broadcast = m_broadcast != nullptr && m_broadcast->isChecked();
        options.groups = groups();
        options.interface = m_interface->currentData().toString();
        options.multicastLoop = m_loop == nullptr || m_loop->isChecked();
    }
    return options;
}

std::optional<ProxyOptions> SocketOptionsPanel::proxy() const
{
    if (m_proxy == nullptr || m_transport != Transport::Tcp) {
        return std::nullopt;
    }
    const QString text = m_proxy->text().trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto proxy = readProxy(text);
    // Whoever wants one must not be connected without: what cannot be read is a host that is not found.
    return proxy ? *proxy : ProxyOptions { ProxyOptions::Kind::Socks5, text, 1, {}, {} };
}

QJsonObject SocketOptionsPanel::saveState() const
{
    QJsonObject state {
        { QStringLiteral("shows"), m_show->isChecked() },
        { QStringLiteral("noDelay"), m_noDelay->isChecked() },
        { QStringLiteral("keepAlive"), m_keepAlive->isChecked() },
        { QStringLiteral("keepAliveIdle"), m_idle->value() },
        { QStringLiteral("keepAliveInterval"), m_interval->value() },
        { QStringLiteral("keepAliveCount"), m_count->value() },
        { QStringLiteral("sendBuffer"), m_sendBuffer->value() },
        { QStringLiteral("receiveBuffer"), m_receiveBuffer->value() },
        { QStringLiteral("ttl"), m_ttl->value() },
        { QStringLiteral("trafficClass"), m_trafficClass->value() },
    };
    if (m_groups != nullptr) {
        state.insert(QStringLiteral("groups"), m_groups->text());
        state.insert(QStringLiteral("interface"), m_interface->currentData().toString());
    }
    if (m_ownEnd != nullptr) {
        state.insert(QStringLiteral("ownEnd"), m_ownEnd->text());
    }
    if (m_side == Side::Client) {
        state.insert(QStringLiteral("proxy"), QUrl(m_proxy->text().trimmed()).toString(QUrl::RemovePassword));
        state.insert(QStringLiteral("broadcast"), m_broadcast->isChecked());
        state.insert(QStringLiteral("loop"), m_loop->isChecked());
    }
    return state;
}

void SocketOptionsPanel::restore(const QJsonObject& state)
{
    const auto number = [&state](QSpinBox* box, QLatin1StringView key) {
        box->setValue(state.value(key).toInt(box->value())); // which keeps to its range
    };
    const auto choice = [&state](QAbstractButton* box, QLatin1StringView key) {
        if (box != nullptr) {
            box->setChecked(state.value(key).toBool(box->isChecked()));
        }
    };
    choice(m_show, QLatin1StringView("shows"));
    choice(m_noDelay, QLatin1StringView("noDelay"));
    choice(m_keepAlive, QLatin1StringView("keepAlive"));
    number(m_idle, QLatin1StringView("keepAliveIdle"));
    number(m_interval, QLatin1StringView("keepAliveInterval"));
    number(m_count, QLatin1StringView("keepAliveCount"));
    number(m_sendBuffer, QLatin1StringView("sendBuffer"));
    number(m_receiveBuffer, QLatin1StringView("receiveBuffer"));
    number(m_ttl, QLatin1StringView("ttl"));
    number(m_trafficClass, QLatin1StringView("trafficClass"));
    choice(m_broadcast, QLatin1StringView("broadcast"));
    choice(m_loop, QLatin1StringView("loop"));
    if (m_groups != nullptr) {
        m_groups->setText(state.value(QLatin1StringView("groups")).toString());
        const int index = m_interface->findData(state.value(QLatin1StringView("interface")).toString());
        m_interface->setCurrentIndex(std::max(index, 0));
    }
    if (m_ownEnd != nullptr) {
        m_ownEnd->setText(state.value(QLatin1StringView("ownEnd")).toString());
    }
    if (m_proxy != nullptr) {
        m_proxy->setText(state.value(QLatin1StringView("proxy")).toString());
    }
}

} // namespace sockeye
