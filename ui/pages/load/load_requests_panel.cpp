// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_requests_panel.h"

#include "protocol/hex/hex_reader.h"
#include "protocol/text/describe_bytes.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr int longestHex = 200'000; // characters; longer requests are for the command line
constexpr double longestLoadTimeout = 3'600; // seconds

} // namespace

LoadRequestsPanel::LoadRequestsPanel(QWidget* parent)
    : QWidget(parent)
    , m_search(new QSpinBox(this))
    , m_binary(new QSpinBox(this))
    , m_arithmetic(new QSpinBox(this))
    , m_handMade(new QSpinBox(this))
    , m_hex(new QLineEdit(this))
    , m_hexState(new QLabel(this))
    , m_replies(new ProtocolBox(this))
    , m_untilClose(new QCheckBox(tr("End with the co&nnection"), this))
    , m_learn(new QCheckBox(tr("First replies are the &right ones"), this))
    , m_timeout(new QDoubleSpinBox(this))
{
    const LoadPlan defaults;
    for (QSpinBox* weight : { m_search, m_binary, m_arithmetic, m_handMade }) {
        weight->setRange(0, LoadPlan::maxWeight);
        weight->setToolTip(tr("How often it is asked, against the others; 0: never"));
    }
    m_search->setValue(1);
    m_search->setAccessibleName(tr("Weight of search"));
    m_binary->setAccessibleName(tr("Weight of binary"));
    m_arithmetic->setAccessibleName(tr("Weight of arithmetic"));
    m_handMade->setAccessibleName(tr("Weight of the hand-made request"));
    m_hex->setAccessibleName(tr("Hand-made request"));
    m_hex->setFont(Theme::instance().monospace());
    m_hex->setMaxLength(longestHex);
    m_hex->setPlaceholderText(tr("bytes in hexadecimal, as “Copy as hex” of the composer gives them"));
    m_hexState->setAccessibleName(tr("What is wrong with the request"));
    m_replies->setToolTip(
        tr("A reply is whole with its first message; where nobody knows where messages end, when as many "
           "bytes came back as were sent"));
    m_untilClose->setAccessibleName(tr("End with the connection"));
    m_untilClose->setToolTip(tr("A reply is all that comes until the server closes, as with HTTP/1.0. Mode fresh, over "
                                "TCP or TLS"));
    m_learn->setAccessibleName(tr("First replies are the right ones"));
    m_learn->setToolTip(tr("For servers that answer otherwise than the standard catalogue: their first reply to each "
                           "request counts as the right one, and all others are compared with it"));
    m_timeout->setAccessibleName(tr("Time-out"));
    m_timeout->setRange(0.1, longestLoadTimeout);
    m_timeout->setDecimals(1);
    m_timeout->setSuffix(tr(" s"));
    m_timeout->setValue(std::chrono::duration<double>(defaults.timeout).count());
    m_timeout->setToolTip(tr("To connect, and for each reply"));
    buildLayout();
    connect(m_hex, &QLineEdit::textChanged, this, &LoadRequestsPanel::showHex);
    connect(m_hex, &QLineEdit::textEdited, this, [this] {
        if (m_handMade->value() == 0) { // who types one wants it asked
            m_handMade->setValue(1);
        }
    });
    for (QSpinBox* const weight : { m_search, m_binary, m_arithmetic, m_handMade }) {
        connect(weight, &QSpinBox::valueChanged, this, &LoadRequestsPanel::weightsChanged);
    }
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_hex->setFont(Theme::instance().monospace());
        showHex();
    });
    showHex();
}

void LoadRequestsPanel::buildLayout()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    const auto labelOf = [this](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        return label;
    };
    auto* weights = new QHBoxLayout;
    weights->setSpacing(8);
    const std::pair<QString, QSpinBox*> all[] { { tr("search"), m_search }, { tr("binary"), m_binary },
        { tr("arithmetic"), m_arithmetic }, { tr("hand-made"), m_handMade } };
    for (const auto& [text, field] : all) {
        weights->addWidget(labelOf(text, field));
        weights->addWidget(field);
    }
    weights->addStretch(1);
    grid->addWidget(labelOf(tr("Wei&ghts"), m_search), 0, 0);
    grid->addLayout(weights, 0, 1);
    grid->addWidget(labelOf(tr("H&and-made"), m_hex), 1, 0);
    grid->addWidget(m_hex, 1, 1);
    grid->addWidget(m_hexState, 2, 1);
    auto* checks = new QHBoxLayout;
    checks->setSpacing(8);
    checks->addWidget(m_replies);
    checks->addWidget(m_untilClose);
    checks->addWidget(labelOf(tr("T&ime-out"), m_timeout));
    checks->addWidget(m_timeout);
    checks->addStretch(1);
    grid->addWidget(labelOf(tr("R&eplies"), m_replies), 3, 0);
    grid->addLayout(checks, 3, 1);
    grid->addWidget(m_learn, 4, 1);
    grid->setColumnStretch(1, 1);
}

void LoadRequestsPanel::showHex()
{
    const auto read = readHex(m_hex->text());
    const QString text = read ? read->note : describe(read.error(), m_hex->text());
    QPalette palette = m_hexState->palette();
    palette.setColor(QPalette::WindowText, read ? Theme::instance().muted() : Theme::instance().error());
    m_hexState->setPalette(palette);
    m_hexState->setText(text);
    m_hexState->setVisible(!text.isEmpty());
}

void LoadRequestsPanel::setTransport(Transport transport)
{
    if (transport == m_transport) {
        return;
    }
    const auto usual = [this] {
        const auto time = m_transport == Transport::Udp ? LoadPlan::usualDatagramTimeout : LoadPlan::usualTimeout;
        return std::chrono::duration<double>(time).count();
    };
    const bool isUsual = qFuzzyCompare(m_timeout->value(), usual());
    m_transport = transport;
    if (isUsual) {
        m_timeout->setValue(usual());
    }
    m_replies->setTransport(transport);
    showUntilClose();
}

void LoadRequestsPanel::setMode(LoadMode mode)
{
    m_mode = mode;
    showUntilClose();
}

void LoadRequestsPanel::showUntilClose()
{
    m_untilClose->setEnabled(m_transport == Transport::Tcp && m_mode == LoadMode::Fresh);
}

void LoadRequestsPanel::applyTo(LoadPlan& plan) const
{
    plan.mix = readyMadeRequests({ m_search->value(), m_binary->value(), m_arithmetic->value() });
    const auto read = readHex(m_hex->text());
    if (m_handMade->value() > 0) {
        // What cannot be read is asked as nothing, which no plan accepts.
        plan.mix.append({ tr("the hand-made request"), read ? read->bytes : QByteArray(), {},
            m_handMade->value() * LoadPlan::weightUnit });
    }
    plan.replies = m_transport == Transport::Udp ? protocolForDatagrams(m_replies->protocol()) : m_replies->protocol();
    plan.untilClose = m_untilClose->isChecked() && m_transport == Transport::Tcp && m_mode == LoadMode::Fresh;
    plan.learn = m_learn->isChecked();
    plan.timeout = std::chrono::milliseconds(std::llround(m_timeout->value() * 1'000));
}

bool LoadRequestsPanel::hasReadyMade() const
{
    return m_search->value() > 0 || m_binary->value() > 0 || m_arithmetic->value() > 0;
}

void LoadRequestsPanel::askByHand()
{
    for (QSpinBox* const weight : { m_search, m_binary, m_arithmetic }) {
        weight->setValue(0);
    }
    m_handMade->setValue(std::max(m_handMade->value(), 1));
    if (m_hex->text().trimmed().isEmpty()) {
        m_hex->setText(QString::fromLatin1(QByteArray("hello").toHex(' ')));
    }
    m_hex->setFocus(Qt::OtherFocusReason);
    m_hex->selectAll();
}

QJsonObject LoadRequestsPanel::saveState() const
{
    return { { QStringLiteral("search"), m_search->value() }, { QStringLiteral("binary"), m_binary->value() },
        { QStringLiteral("arithmetic"), m_arithmetic->value() }, { QStringLiteral("handMade"), m_handMade->value() },
        { QStringLiteral("hex"), m_hex->text() }, { QStringLiteral("replies"), m_replies->protocol()->id() },
        { QStringLiteral("untilClose"), m_untilClose->isChecked() }, { QStringLiteral("learn"), m_learn->isChecked() },
        { QStringLiteral("timeout"), m_timeout->value() } };
}

void LoadRequestsPanel::restoreState(const QJsonObject& state)
{
    const auto number = [&state](const char* key, QSpinBox* field) {
        field->setValue(state.value(QLatin1StringView(key)).toInt(field->value())); // which keeps it in its range
    };
    number("search", m_search);
    number("binary", m_binary);
    number("arithmetic", m_arithmetic);
    number("handMade", m_handMade);
    m_hex->setText(state.value(u"hex").toString());
    ProtocolLibrary::instance().restore(state.value(u"replies").toString(), this,
        [this](const ProtocolPtr& protocol) { m_replies->setProtocol(protocol); });
    m_untilClose->setChecked(state.value(u"untilClose").toBool());
    m_learn->setChecked(state.value(u"learn").toBool());
    m_timeout->setValue(state.value(u"timeout").toDouble(m_timeout->value()));
}

} // namespace sockeye
