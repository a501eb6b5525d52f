// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/diagnose/diagnose_page.h"

#include "app/diagnose/diagnosis_report.h"
#include "app/net/host_text.h"
#include "ui/pages/diagnose/diagnosis_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int longestName = 255;

QLabel* newLine(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DiagnosePage::DiagnosePage(QWidget* parent)
    : Page(parent)
    , m_model(new DiagnosisModel(m_diagnosis, this))
    , m_host(new QLineEdit(QStringLiteral("127.0.0.1"), this))
    , m_port(new QSpinBox(this))
    , m_tls(new QCheckBox(tr("&TLS"), this))
    , m_begin(new QPushButton(tr("&Diagnose"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
    , m_copy(new QToolButton(this))
    , m_verdict(newLine(this))
    , m_meaning(newLine(this))
    , m_advice(newLine(this))
    , m_steps(new DenseTable(this))
{
    buildFields();
    buildLayout();
    connect(m_begin, &QPushButton::clicked, this, &DiagnosePage::begin);
    connect(m_cancel, &QPushButton::clicked, this, &DiagnosePage::cancel);
    connect(m_host, &QLineEdit::returnPressed, this, &DiagnosePage::begin);
    connect(m_copy, &QToolButton::clicked, this, &DiagnosePage::copySelection);
    connect(&m_diagnosis, &Diagnosis::finished, this, &DiagnosePage::showState);
    connect(&Theme::instance(), &Theme::changed, this, &DiagnosePage::showColours);
    setFocusProxy(m_host);
    showState();
}

void DiagnosePage::buildFields()
{
    constexpr int hostWidth = 28;
    m_host->setAccessibleName(tr("Host"));
    m_host->setMaxLength(longestName);
    m_host->setToolTip(tr("A name or an address"));
    m_host->setMinimumWidth(fontMetrics().averageCharWidth() * hostWidth);
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65'535);
    m_port->setValue(65'432);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_tls->setAccessibleName(tr("TLS"));
    m_tls->setToolTip(tr("Begin TLS as well, and look at the server's certificate"));
    m_begin->setAccessibleName(tr("Diagnose"));
    m_begin->setToolTip(tr("Look up the name, ping and connect to every address; nothing is sent"));
    m_begin->setDefault(true);
    m_cancel->setAccessibleName(tr("Cancel"));
    m_copy->setText(tr("Copy report"));
    m_copy->setToolTip(tr("All steps and the verdict, as text"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setAccessibleName(tr("Verdict"));
    QFont font = m_verdict->font();
    font.setBold(true);
    m_verdict->setFont(font);
    m_meaning->setAccessibleName(tr("What it means"));
    m_meaning->setObjectName(QStringLiteral("meaning"));
    m_advice->setAccessibleName(tr("What to try next"));
    m_advice->setObjectName(QStringLiteral("advice"));
    m_steps->setModel(m_model);
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setSampleTexts({ QStringLiteral("● unknown"), tr("This machine"), QStringLiteral("255.255.255.255:65535"),
        tr("%1 ms").arg(QStringLiteral("0,000.0")) });
    // Few rows, whose sentences are read in full.
    m_steps->setWordWrap(true);
    m_steps->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_steps->setEmptyText(tr("Each thing that is tried gets a line here: the name, a ping, a connection to every "
                             "address, and who has the port where it is one of this machine."));
}

void DiagnosePage::buildLayout()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->setSpacing(8);
    auto* hostLabel = new QLabel(tr("&Host"), this);
    hostLabel->setBuddy(m_host);
    auto* portLabel = new QLabel(tr("&Port"), this);
    portLabel->setBuddy(m_port);
    top->addWidget(hostLabel);
    top->addWidget(m_host);
    top->addWidget(portLabel);
    top->addWidget(m_port);
    top->addWidget(m_tls);
    top->addWidget(m_begin);
    top->addWidget(m_cancel);
    top->addStretch(1);
    top->addWidget(m_copy);
    auto* verdict = new QVBoxLayout;
    verdict->setContentsMargins(8, 4, 8, 12);
    verdict->setSpacing(4);
    for (QLabel* line : { m_verdict, m_meaning, m_advice }) {
        verdict->addWidget(line);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(verdict);
    layout->addWidget(m_steps, 1);
}

void DiagnosePage::diagnose(const Destination& there)
{
    m_host->setText(there.host);
    m_port->setValue(there.port);
    m_tls->setChecked(there.tls);
    begin();
}

void DiagnosePage::begin()
{
    Diagnosis::Target target;
    const auto host = readHost(m_host->text());
    if (!host) {
        Q_EMIT statusMessage(host.error());
        return;
    }
    if (isUnixHost(host->host)) {
        Q_EMIT statusMessage(
            tr("A Unix socket has neither name, route nor port to diagnose: Tools › Sockets shows who has "
               "it, and a client what becomes of an attempt to connect."));
        return;
    }
    if (host->port.value_or(0) > 0) {
        m_port->setValue(*host->port);
        m_host->setText(host->host);
    }
    target.host = host->host;
    target.port = static_cast<quint16>(m_port->value());
    target.tls = m_tls->isChecked();
    m_cancelled = false;
    m_diagnosis.cancel();
    m_model->reset();
    m_diagnosis.start(target);
    showState();
}

void DiagnosePage::cancel()
{
    m_cancelled = true;
    m_diagnosis.cancel();
    m_model->reset();
    m_host->setFocus();
    showState();
}

void DiagnosePage::showState()
{
    const bool running = m_diagnosis.isRunning();
    const Failure& verdict = m_diagnosis.verdict().text;
    const bool done = !running && !m_cancelled && !verdict.what.isEmpty();
    m_cancel->setVisible(running);
    m_copy->setEnabled(done);
    QString what = tr("Say where you want to connect, and press Diagnose.");
    if (running) {
        what = tr("Trying %1 port %2…").arg(m_diagnosis.target().host, QString::number(m_diagnosis.target().port));
    } else if (m_cancelled) {
        what = tr("Cancelled.");
    } else if (done) {
        what = verdict.what;
    }
    m_verdict->setText(what);
    m_meaning->setText(done ? verdict.meaning : QString());
    m_advice->setText(done ? tr("Next: %1").arg(verdict.advice) : QString());
    m_meaning->setVisible(!m_meaning->text().isEmpty());
    m_advice->setVisible(!m_advice->text().isEmpty());
    showColours();
    Q_EMIT titleChanged();
}

void DiagnosePage::showColours()
{
    const Theme& theme = Theme::instance();
    const bool done = !m_diagnosis.isRunning() && !m_cancelled && !m_diagnosis.verdict().text.what.isEmpty();
    const QColor plain = palette().color(QPalette::WindowText);
    setTextColour(*m_verdict, !done ? theme.muted() : m_diagnosis.verdict().connected() ? theme.good() : theme.error());
    setTextColour(*m_meaning, plain);
    setTextColour(*m_advice, plain);
}

QString DiagnosePage::title() const
{
    return tr("Diagnose");
}

QString DiagnosePage::stateText() const
{
    if (m_diagnosis.isRunning()) {
        return tr("trying");
    }
    if (m_cancelled || m_diagnosis.verdict().text.what.isEmpty()) {
        return tr("ready");
    }
    return m_diagnosis.verdict().connected() ? tr("connected") : tr("failed");
}

bool DiagnosePage::isActive() const
{
    return m_diagnosis.isRunning();
}

QIcon DiagnosePage::icon() const
{
    return Theme::instance().icon(QStringLiteral("find"));
}

void DiagnosePage::copySelection()
{
    if (m_copy->isEnabled()) {
        QGuiApplication::clipboard()->setText(reportText(m_diagnosis));
        Q_EMIT statusMessage(tr("Report copied"));
    }
}

QJsonObject DiagnosePage::saveState() const
{
    return { { QStringLiteral("kind"), QStringLiteral("diagnose") }, { QStringLiteral("host"), m_host->text() },
        { QStringLiteral("port"), m_port->value() }, { QStringLiteral("tls"), m_tls->isChecked() } };
}

void DiagnosePage::restore(const QJsonObject& state)
{
    m_host->setText(state.value(u"host").toString(m_host->text()).left(longestName));
    m_port->setValue(state.value(u"port").toInt(m_port->value())); // which keeps it in its range
    m_tls->setChecked(state.value(u"tls").toBool());
}

} // namespace sockeye
