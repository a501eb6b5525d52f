// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_send_row.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace sockeye {

namespace {

enum Delivery : int { Whole, Pieces, Bytes };

/// A list longer than that is no longer typed by hand.
constexpr qsizetype maxSizes = 1000;

} // namespace

ComposerSendRow::ComposerSendRow(QWidget* parent)
    : QWidget(parent)
    , m_send(new QPushButton(tr("&Send"), this))
    , m_cancel(new QPushButton(tr("Cance&l"), this))
    , m_delivery(new QComboBox(this))
    , m_sizes(new QLineEdit(QStringLiteral("1,2,5"), this))
    , m_pauseLabel(new QLabel(tr("&pause"), this))
    , m_pause(new QSpinBox(this))
    , m_repeat(new QToolButton(this))
    , m_copy(new QToolButton(this))
{
    m_send->setAccessibleName(tr("Send"));
    m_send->setToolTip(tr("Ctrl+Enter"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setToolTip(tr("Gives up what is under way."));
    m_cancel->setEnabled(false);
    for (const auto& name : { QStringLiteral("whole"), QStringLiteral("pieces"), QStringLiteral("bytes") }) {
        m_delivery->addItem({}, name);
    }
    m_delivery->setAccessibleName(tr("Delivery"));
    m_delivery->setSizeAdjustPolicy(QComboBox::AdjustToContents); // other words over UDP
    setTransport(Transport::Tcp);
    m_sizes->setAccessibleName(tr("Sizes of the pieces"));
    m_sizes->setToolTip(tr("Sizes in bytes; the last one repeats."));
    m_sizes->setMaximumWidth(m_sizes->fontMetrics().averageCharWidth() * 14);
    m_pause->setRange(0, 60'000);
    m_pause->setValue(20);
    m_pause->setSuffix(QStringLiteral(" ms"));
    m_pause->setAccessibleName(tr("Pause between pieces"));
    m_pauseLabel->setBuddy(m_pause);
    m_repeat->setText(tr("Repeat"));
    m_repeat->setAccessibleName(tr("Repeat"));
    m_repeat->setToolTip(tr("Send it again and again: how often, and until which reply"));
    m_repeat->setCheckable(true);
    m_repeat->setFocusPolicy(Qt::StrongFocus);
    m_copy->setText(tr("C&opy as"));
    m_copy->setAccessibleName(tr("Copy as"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setFocusPolicy(Qt::StrongFocus);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_send);
    row->addWidget(m_delivery);
    row->addWidget(m_sizes);
    row->addWidget(m_pauseLabel);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    row->addStretch(1);
    row->addWidget(m_repeat);
    row->addWidget(m_copy);
    connect(m_send, &QPushButton::clicked, this, &ComposerSendRow::sendWanted);
    connect(m_cancel, &QPushButton::clicked, this, &ComposerSendRow::cancelWanted);
    connect(m_delivery, &QComboBox::currentIndexChanged, this, &ComposerSendRow::showDelivery);
    connect(m_sizes, &QLineEdit::textChanged, this, &ComposerSendRow::showDelivery);
    connect(&Theme::instance(), &Theme::changed, this, &ComposerSendRow::showDelivery);
    showDelivery();
}

QList<qint64> ComposerSendRow::readSizes(const QString& text)
{
    QList<qint64> sizes;
    const QList<QStringView> words = QStringView(text).split(u',', Qt::SkipEmptyParts);
    for (const QStringView word : words.first(qMin(words.size(), maxSizes))) {
        bool isNumber = false;
        const qint64 size = word.trimmed().toLongLong(&isNumber);
        if (!isNumber || size < 1) {
            return {};
        }
        sizes.append(size);
    }
    return sizes;
}

QList<qint64> ComposerSendRow::chunks() const
{
    switch (m_delivery->currentIndex()) {
    case Pieces:
        return readSizes(m_sizes->text());
    case Bytes:
        return { 1 };
    default:
        return {};
    }
}

int ComposerSendRow::pauseMs() const
{
    return m_pause->value();
}

void ComposerSendRow::setTransport(Transport transport)
{
    const bool isStream = transport == Transport::Tcp;
    m_delivery->setItemText(Whole, isStream ? tr("whole") : tr("one datagram"));
    m_delivery->setItemText(Pieces, isStream ? tr("in pieces") : tr("several datagrams"));
    m_delivery->setItemText(Bytes, isStream ? tr("byte by byte") : tr("a datagram a byte"));
    m_delivery->setToolTip(isStream
            ? tr("Each piece is a write of its own. What the server reads at a time is up to the network.")
            : tr("Each piece is a datagram. Whatever arrives, arrives as it was sent; it may get lost or overtaken."));
}

void ComposerSendRow::setBusy(bool busy)
{
    m_cancel->setEnabled(busy);
}

void ComposerSendRow::showDelivery()
{
    const bool inPieces = m_delivery->currentIndex() == Pieces;
    const bool isCut = m_delivery->currentIndex() != Whole;
    m_sizes->setVisible(inPieces);
    m_pause->setVisible(isCut);
    m_pauseLabel->setVisible(isCut);
    const bool isGood = !inPieces || !readSizes(m_sizes->text()).isEmpty();
    m_send->setEnabled(isGood);
    QPalette palette = this->palette();
    if (!isGood) {
        palette.setColor(QPalette::Text, Theme::instance().error());
    }
    m_sizes->setPalette(palette);
    m_sizes->setToolTip(isGood ? tr("Sizes in bytes; the last one repeats.")
                               : tr("Whole numbers from 1 with commas between them, as in 1,2,5."));
    m_send->setIcon(Theme::instance().icon(QStringLiteral("send")));
}

QJsonObject ComposerSendRow::saveState() const
{
    return {
        { QStringLiteral("delivery"), m_delivery->currentData().toString() },
        { QStringLiteral("sizes"), m_sizes->text() },
        { QStringLiteral("pause"), m_pause->value() },
    };
}

void ComposerSendRow::restore(const QJsonObject& state)
{
    const int index = m_delivery->findData(state.value(u"delivery").toString());
    m_delivery->setCurrentIndex(qMax(index, 0));
    m_sizes->setText(state.value(u"sizes").toString(m_sizes->text()));
    m_pause->setValue(state.value(u"pause").toInt(m_pause->value()));
}

} // namespace sockeye
