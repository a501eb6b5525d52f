// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/sendlist/list_step.h"
#include "protocol/sendlist/send_list.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QStringList>

#include <chrono>
#include <functional>

namespace sockeye {

/// A send list as somebody edits it, with what became of each message last and what is wrong with it.
class SendListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Message, Expects, Within, Pause, Key, Outcome };
    static constexpr int columns = 7;

    using QAbstractTableModel::QAbstractTableModel;

    void setList(const SendList& list);
    [[nodiscard]] const SendList& list() const { return m_list; }
    void setLoop(qint64 loop);
    void setGoesOn(bool goesOn);

    bool insert(int row, const ListMessage& message); ///< false where there are enough
    bool move(int row, int by); ///< false where it cannot go any further
    void setContent(int row, const ListMessage& message); ///< what is sent; the rest of the row stays

    void setStep(const ListStep& step);
    /// `count` more that did not go well, since clearSteps() or clearFailures(); `reason`: of the last of them.
    void addFailures(int row, qint64 count, const QString& reason);
    /// That row is under way for so long; `forReply`: it was sent, or is being sent, and a reply is to come. -1: none.
    void setWaiting(int row, std::chrono::milliseconds time, bool forReply);
    void clearSteps(); ///< and what did not go well
    void clearFailures(int row);
    void setProblems(const QList<QStringList>& problems); ///< of each row, in sentences
    void setKeyProblems(const QHash<int, QString>& problems); ///< why the keys of these rows do nothing, in sentences
    void setPreviews(const QStringList& previews); ///< what goes out of each row, in a sentence; empty: not known
    /// Why a key cannot be had, in a sentence; empty where it can. Asked for each that somebody chooses.
    void setKeyCheck(const std::function<QString(const QString&)>& objection) { m_keyObjection = objection; }

    /// All that is wrong with a row, in sentences: mistakes of its text, its key, what did not go well.
    [[nodiscard]] QStringList complaints(int row) const;
    [[nodiscard]] QString title(int row) const; ///< its name, or its number

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void edited();
    void refused(const QString& why); ///< what was typed, in a sentence

private:
    struct Waiting {
        int row = -1; ///< none
        std::chrono::milliseconds time { 0 };
        bool forReply = false;
        bool operator==(const Waiting&) const = default;
    };
    struct Row {
        ListStep step; ///< the last one
        bool isDone = false; ///< there was one
        qint64 failures = 0;
        QString failure; ///< the last one's reason
        QStringList problems;
        QString keyProblem;
        QString preview;
    };
    [[nodiscard]] bool isWaiting(const Row& row) const;
    [[nodiscard]] QString text(const ListMessage& message, const Row& row, int column) const;
    [[nodiscard]] QString toolTip(const ListMessage& message, const Row& row, int column) const;
    [[nodiscard]] QVariant colour(const ListMessage& message, const Row& row, int column) const;
    [[nodiscard]] bool set(int row, int column, const QString& text);
    [[nodiscard]] bool setKey(int row, const QString& key);
    void rowChanged(int row);

    SendList m_list;
    std::vector<Row> m_rows; ///< one for each message
    Waiting m_waiting;
    std::function<QString(const QString&)> m_keyObjection;
};

} // namespace sockeye
