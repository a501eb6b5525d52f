// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/listen_address_box.h"

#include <QLineEdit>
#include <QNetworkInterface>
#include <QSignalBlocker>

namespace sockeye {

ListenAddressBox::ListenAddressBox(const QString& address, QWidget* parent)
    : FillingComboBox(parent)
{
    setAccessibleName(tr("Listen address"));
    setEditable(true);
    lineEdit()->setAccessibleName(tr("Listen address"));
    setInsertPolicy(QComboBox::NoInsert);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    setToolTip(tr("An address of this machine. 127.0.0.1 and ::1 are for programs of this machine alone; a "
                  "Unix socket is unix:/path, or @name for an abstract one"));
    addItem(address);
    connect(this, &FillingComboBox::aboutToShow, this, &ListenAddressBox::fillAddresses);
    connect(lineEdit(), &QLineEdit::returnPressed, this, &ListenAddressBox::returnPressed);
}

void ListenAddressBox::fillAddresses()
{
    const QString entered = currentText();
    const QSignalBlocker blocker(this);
    clear();
    QStringList addresses = { QStringLiteral("127.0.0.1"), QStringLiteral("::1"), QStringLiteral("0.0.0.0"),
        QStringLiteral("::") };
    const QList<QHostAddress> own = QNetworkInterface::allAddresses();
    for (const QHostAddress& address : own) {
        if (!address.isLoopback()) {
            addresses.append(address.toString());
        }
    }
    addItems(addresses);
    setCurrentIndex(findText(entered));
    setEditText(entered);
}

void ListenAddressBox::restore(const QJsonValue& state)
{
    constexpr qsizetype longestName = 255;
    setEditText(state.toString(currentText()).left(longestName));
}

} // namespace sockeye
