// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/family_box.h"

namespace sockeye {

FamilyBox::FamilyBox(QWidget* parent)
    : QComboBox(parent)
{
    addItem(tr("IPv4 and IPv6"), QStringLiteral("any"));
    addItem(tr("IPv4 only"), QStringLiteral("4"));
    addItem(tr("IPv6 only"), QStringLiteral("6"));
    setAccessibleName(tr("Addresses"));
}

QAbstractSocket::NetworkLayerProtocol FamilyBox::family() const
{
    const QString family = currentData().toString();
    return family == u"4" ? QAbstractSocket::IPv4Protocol
        : family == u"6"  ? QAbstractSocket::IPv6Protocol
                          : QAbstractSocket::AnyIPProtocol;
}

QJsonValue FamilyBox::saveState() const
{
    return currentData().toString();
}

void FamilyBox::restore(const QJsonValue& state)
{
    if (const int index = findData(state.toVariant()); index >= 0) {
        setCurrentIndex(index);
    }
}

} // namespace sockeye
