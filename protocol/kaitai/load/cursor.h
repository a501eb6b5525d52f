// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/mistake.h"
#include "protocol/kaitai/model/attribute.h"
#include "protocol/kaitai/yaml/node.h"

#include <QList>

#include <initializer_list>

namespace sockeye::kaitai {

/// The mistakes that were found in a description, up to some dozens.
class Report {
public:
    void add(SourcePosition place, const QString& text);
    void warn(SourcePosition place, const QString& text);
    void add(const Mistake& mistake);
    [[nodiscard]] bool isEmpty() const { return m_mistakes.isEmpty(); }
    [[nodiscard]] const QList<Mistake>& mistakes() const { return m_mistakes; }
    [[nodiscard]] const QList<Mistake>& warnings() const { return m_warnings; }

private:
    QList<Mistake> m_mistakes;
    QList<Mistake> m_warnings;
};

using NodeKind = yaml::Node::Kind;

/// A node of the YAML and the path that leads to it.
class Cursor {
public:
    Cursor(const yaml::Node* node, QString file, QByteArray path)
        : m_node(node)
        , m_file(std::move(file))
        , m_path(std::move(path))
    {
    }

    using Kind = yaml::Node::Kind;
    [[nodiscard]] bool exists() const { return m_node != nullptr; }
    [[nodiscard]] bool is(Kind kind) const { return m_node != nullptr && m_node->kind == kind; }
    [[nodiscard]] SourcePosition place() const;
    [[nodiscard]] QByteArray text() const { return is(Kind::Scalar) ? m_node->text : QByteArray(); }
    [[nodiscard]] bool isQuoted() const { return m_node != nullptr && m_node->isQuoted; }
    [[nodiscard]] const QString& file() const { return m_file; }

    /// The member of a map; one that does not exist has this node's place.
    [[nodiscard]] Cursor operator[](QByteArrayView key) const;
    [[nodiscard]] bool has(QByteArrayView key) const { return is(Kind::Map) && m_node->find(key) != nullptr; }
    [[nodiscard]] std::size_t count() const { return m_node == nullptr ? 0 : m_node->items.size(); }
    [[nodiscard]] Cursor item(std::size_t index) const; ///< of a list
    [[nodiscard]] Cursor value(std::size_t index) const; ///< of a map, by its place
    [[nodiscard]] const yaml::Node& key(std::size_t index) const { return *m_node->keys[index]; }
    [[nodiscard]] QByteArray keyText(std::size_t index) const { return m_node->keys[index]->text; }

    /// "a map", "a list", "nothing", the text in quotes.
    [[nodiscard]] QString found() const;

    /// False, and a mistake, if it is not of that kind.
    bool expect(Kind kind, Report& report) const;
    /// Reports every key that is not in `known`; those that begin with "-" are for applications.
    void expectKeys(std::initializer_list<const char*> known, Report& report) const;
    [[nodiscard]] PlacedExpression expression(Report& report) const;
    [[nodiscard]] bool boolean(bool otherwise, Report& report) const;
    /// A whole number from `least` to `most`.
    [[nodiscard]] std::optional<qint64> integer(qint64 least, qint64 most, Report& report) const;
    /// The text of a scalar; empty, and a mistake, for anything else.
    [[nodiscard]] QByteArray scalar(Report& report) const;

private:
    [[nodiscard]] SourcePosition placeOf(const yaml::Node& node, const QByteArray& path) const;

    const yaml::Node* m_node;
    QString m_file;
    QByteArray m_path; ///< without a slash at its end: empty at the top
};

} // namespace sockeye::kaitai
