// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_connection_box.h"

#include <QSignalBlocker>
#include <QStandardItemModel>

#include <algorithm>

namespace sockeye {

namespace {
// The list is for picking by eye; who has thousands picks in the connections table.
constexpr qsizetype maxListed = 200;
} // namespace

MessagesConnectionBox::MessagesConnectionBox(QWidget* parent)
    : FillingComboBox(parent)
{
    setAccessibleName(tr("Show connection"));
    setToolTip(tr("Show the messages of one connection only"));
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    setMaxVisibleItems(20);
    select();
    connect(this, &FillingComboBox::aboutToShow, this, &MessagesConnectionBox::fill);
    connect(this, &QComboBox::activated, this, [this](int index) {
        m_connection = itemData(index).toUInt();
        Q_EMIT connectionChosen(m_connection);
    });
}

void MessagesConnectionBox::setCapture(std::shared_ptr<Capture> capture)
{
    m_capture = std::move(capture);
    setConnection(0);
}

void MessagesConnectionBox::setConnection(quint32 connection)
{
    m_connection = connection;
    select();
}

void MessagesConnectionBox::addConnection(quint32 connection, const QString& peer)
{
    addItem(tr("#%1  %2", "connection number, address of the peer").arg(QString::number(connection), peer), connection);
}

void MessagesConnectionBox::select()
{
    const QSignalBlocker blocker(this);
    clear();
    addItem(tr("All connections"), quint32(0));
    if (m_connection != 0) {
        const auto record = m_capture ? m_capture->connection(m_connection) : std::nullopt;
        addConnection(m_connection, record ? record->facts.peer.toString() : QString());
        setCurrentIndex(1);
    }
}

void MessagesConnectionBox::fill()
{
    const QSignalBlocker blocker(this);
    clear();
    addItem(tr("All connections"), quint32(0));
    quint64 revision = 0;
    QList<ConnectionRecord> records = m_capture ? m_capture->connectionsSince(revision) : QList<ConnectionRecord>();
    std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    bool isListed = m_connection == 0;
    for (const ConnectionRecord& record : records.first(std::min(records.size(), maxListed))) {
        addConnection(record.id, record.facts.peer.toString());
        isListed = isListed || record.id == m_connection;
    }
    if (!isListed) {
        const auto record = m_capture->connection(m_connection);
        addConnection(m_connection, record ? record->facts.peer.toString() : QString());
    }
    if (records.size() > maxListed) {
        addItem(tr("earlier ones: choose them in Connections"));
        if (auto* items = qobject_cast<QStandardItemModel*>(model())) {
            items->item(count() - 1)->setEnabled(false);
        }
    }
    setCurrentIndex(findData(m_connection));
}

} // namespace sockeye
