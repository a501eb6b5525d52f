// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/value.h"

#include <QByteArray>

#include <deque>
#include <vector>

namespace sockeye::filter {

/// One part of a path behind a field: ".name", "[3]" (from the end where negative), "[*]".
struct Step {
    enum class Kind : quint8 { Name, Index, Each };
    Kind kind = Kind::Name;
    QByteArray name;
    qint64 index = 0;

    friend bool operator==(const Step&, const Step&) = default;
};
using Path = std::vector<Step>;

/// Keeps bytes that had to be made while a row is looked at: views into it live until clear(). Its memory is used
/// again.
class Storage {
public:
    [[nodiscard]] QByteArrayView keep(QByteArray bytes)
    {
        m_kept.push_back(std::move(bytes));
        return m_kept.back();
    }
    void clear()
    {
        if (!m_kept.empty()) {
            m_kept.clear();
        }
    }

private:
    std::deque<QByteArray> m_kept;
};

/// Is told of the values at a path.
class ValueSink {
public:
    /// `isWhole`: false for text or bytes that the last step of the path, an index, has still to be applied to.
    /// Returns whether more is wanted.
    virtual bool value(const Value& value, bool isWhole) = 0;

protected:
    ValueSink() = default;
    ~ValueSink() = default;
    ValueSink(const ValueSink&) = default;
    ValueSink& operator=(const ValueSink&) = default;
};

/// Fields that lie in each other, of which only a row knows what they are: JSON, a decoded message.
class Fields {
public:
    virtual ~Fields() = default;
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    /// Tells `sink` of what is at the path: once without [*] in it, else once for each element; an element that the
    /// rest of the path leads nowhere from is Absent. Returns false, and tells nothing, where there is nothing at the
    /// path, or no list where its first [*] stands. Views live as long as the fields and `storage` do.
    virtual bool find(const Path& path, Storage& storage, ValueSink& sink) const = 0;
    /// How many bytes a search has to look at, about.
    [[nodiscard]] virtual qint64 searchBytes() const = 0;

protected:
    Fields() = default;
};

/// What a filter is asked about: a row of a table, an event. Gives away values by the place of their name in the
/// schema, each only when it is asked for. One thread at a time.
class Row {
public:
    virtual ~Row() = default;
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    /// Of a field that is no tree. Views live as long as the row stays the same.
    [[nodiscard]] virtual Value value(int field) const = 0;
    /// Of a field that is a tree; null where the row has none. Lives as long as the row stays the same.
    [[nodiscard]] virtual const Fields* fields(int field) const = 0;

protected:
    Row() = default;
};

} // namespace sockeye::filter
