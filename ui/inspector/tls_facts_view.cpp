// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/tls_facts_view.h"

#include <QDateTime>
#include <QHeaderView>

namespace sockeye {

namespace {

QString timeText(qint64 seconds)
{
    return QString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss") + u" UTC");
}

QTreeWidgetItem* newRow(const QString& name, const QString& value)
{
    auto* const item = new QTreeWidgetItem({ name, value });
    item->setToolTip(
        1, QString(u"<p>" + value.toHtmlEscaped() + u"</p>")); // wrapped; what comes from a peer is no markup
    return item;
}

} // namespace

TlsFactsView::TlsFactsView(QWidget* parent)
    : QTreeWidget(parent)
{
    setAccessibleName(tr("TLS facts"));
    setColumnCount(2);
    setHeaderLabels({ tr("Name"), tr("Value") });
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
}

void TlsFactsView::setFacts(const TlsFacts& facts)
{
    clear();
    const QString nothing = tr("none");
    addTopLevelItem(newRow(tr("Version"), facts.version));
    addTopLevelItem(newRow(tr("Cipher"), facts.cipher));
    addTopLevelItem(
        newRow(tr("Server name (SNI)"), facts.serverName.isEmpty() ? tr("not asked for") : facts.serverName));
    addTopLevelItem(
        newRow(tr("Protocol (ALPN)"), facts.applicationProtocol.isEmpty() ? nothing : facts.applicationProtocol));
    addTopLevelItem(newRow(tr("Verdict"), verdictText(facts)));
    for (qsizetype i = 0; i < facts.chain.size(); ++i) {
        const QString role = i > 0 ? tr("Issuer %1 in the chain").arg(i)
            : facts.ours           ? tr("Our certificate")
                                   : tr("The peer's certificate");
        addCertificate(facts.chain[i], role);
    }
    resizeColumnToContents(0);
}

void TlsFactsView::addCertificate(const CertificateFacts& certificate, const QString& role)
{
    QTreeWidgetItem* const item = newRow(role, certificate.subject);
    item->addChildren({ newRow(tr("Subject"), certificate.subject), newRow(tr("Issuer"), certificate.issuer),
        newRow(tr("For"), certificate.names.join(QStringLiteral(", "))),
        newRow(tr("Valid from"), timeText(certificate.validFrom)),
        newRow(tr("Valid until"), timeText(certificate.validUntil)), newRow(tr("Key"), certificate.key),
        newRow(tr("SHA-256"), certificate.fingerprint) });
    addTopLevelItem(item);
    item->setExpanded(true);
}

} // namespace sockeye
