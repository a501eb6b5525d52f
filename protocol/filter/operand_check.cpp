// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/operand_check.h"

#include "protocol/filter/nearest.h"
#include "protocol/filter/words.h"

#include <algorithm>

namespace sockeye::filter {

namespace {

/// A path as a list of what occurs has it: places in lists do not count.
QString occurringPath(const Path& steps, std::size_t count)
{
    QString path;
    for (std::size_t i = 0; i < count; ++i) {
        const Step& step = steps[i];
        if (step.kind != Step::Kind::Name) {
            path += u"[*]";
            continue;
        }
        path += (path.isEmpty() ? QString() : QStringLiteral(".")) + nameInPath(QString::fromUtf8(step.name));
    }
    return path;
}

bool occurs(const QList<OccurringField>& fields, const QString& path)
{
    return std::any_of(fields.cbegin(), fields.cend(), [&path](const OccurringField& field) {
        return field.path.startsWith(path)
            && (field.path.size() == path.size() || field.path[path.size()] == u'.' || field.path[path.size()] == u'[');
    });
}

class OperandChecker {
public:
    OperandChecker(const ValueSyntax& syntax, const Schema& schema, QStringView text, QList<Mistake>& remarks)
        : m_syntax(syntax)
        , m_schema(schema)
        , m_text(text)
        , m_remarks(remarks)
    {
    }

    Result<Operand> check()
    {
        if (m_syntax.path) {
            const auto looked = lookUp(*m_syntax.path);
            if (!looked) {
                return tl::unexpected(looked.error());
            }
            if (const auto sliced = slice(); !sliced) {
                return tl::unexpected(sliced.error());
            }
        } else {
            m_operand.literal = m_syntax.literal;
            m_operand.type = m_syntax.literal.value.type;
            m_operand.unit = m_syntax.literal.unit;
        }
        if (const auto called = calls(); !called) {
            return tl::unexpected(called.error());
        }
        return std::move(m_operand);
    }

private:
    using Nothing = Result<void>;

    [[nodiscard]] QString shown(const Place& place) const { return quoted(m_text.sliced(place.at, place.length)); }
    [[nodiscard]] static Place joined(const Place& first, const Place& last)
    {
        return { first.at, last.end() - first.at };
    }

    Nothing lookUp(const PathSyntax& path)
    {
        if (path.selected && !m_schema.hasSelection) {
            return wrong(m_syntax.place.at, m_syntax.place.length,
                tr("Nothing is selected here: `$` means the message that is selected in a window."));
        }
        m_operand.selected = path.selected;
        const QString name = QString::fromUtf8(path.steps.front().name);
        std::size_t used = 1;
        int field = -1;
        if (path.steps.size() > 1 && path.steps[1].kind == Step::Kind::Name) {
            field = m_schema.indexOf(QString(name + u'.' + QString::fromUtf8(path.steps[1].name)));
            used = field >= 0 ? 2 : 1;
        }
        if (field < 0) {
            field = m_schema.indexOf(name);
        }
        if (field < 0) {
            return messageField(path, name);
        }
        const FieldInfo& info = m_schema.fields[field];
        if (field == m_schema.messageFields && used < path.steps.size() && path.steps[used].kind == Step::Kind::Name) {
            const QString member = QString::fromUtf8(path.steps[used].name);
            if (m_schema.messageNames && !m_schema.messageNames->contains(member)) {
                return noField(path.places[used], member, *m_schema.messageNames);
            }
        } else if (!path.selected && m_schema.messageFields >= 0 && m_schema.messageNames
            && m_schema.messageNames->contains(name)) {
            const QString other = m_schema.fields[m_schema.messageFields].name + u'.' + nameInPath(name);
            m_remarks.append({ path.places.front().at, path.places.front().length,
                tr("The protocol has a field %1, too: that one is %2.").arg(quoted(name), quoted(other)), other });
        }
        m_operand.field = field;
        m_operand.type = info.type;
        m_operand.unit = info.unit;
        m_operand.isFlag = info.kind == FieldInfo::Kind::Flag;
        if (info.kind == FieldInfo::Kind::Tree) {
            tree(path, used);
            return {};
        }
        m_operand.kind = Operand::Kind::Field;
        return used < path.steps.size() ? parts(path, used, info) : Nothing();
    }

    void tree(const PathSyntax& path, std::size_t used)
    {
        m_operand.kind = Operand::Kind::Tree;
        m_operand.type = Type::Any;
        m_operand.path.assign(path.steps.cbegin() + static_cast<std::ptrdiff_t>(used), path.steps.cend());
        m_operand.isMany = std::any_of(m_operand.path.cbegin(), m_operand.path.cend(),
            [](const Step& step) { return step.kind == Step::Kind::Each; });
        if (!m_schema.occurring || path.steps.size() == 1) {
            return;
        }
        // The last index may be one into bytes.
        const std::size_t count = path.steps.size() - (path.steps.back().kind == Step::Kind::Index ? 1 : 0);
        if (!occurs(*m_schema.occurring, occurringPath(path.steps, count))) {
            remark(joined(path.places.front(), path.places.back()), tr("There is no %1 in this capture."));
        }
    }

    Nothing messageField(const PathSyntax& path, const QString& name)
    {
        const QString meant = nearest(name, m_schema.names());
        if (m_schema.messageFields >= 0 && (!m_schema.messageNames || m_schema.messageNames->contains(name))) {
            m_operand.field = m_schema.messageFields;
            tree(path, 0);
            if (!m_schema.messageNames && !m_schema.occurring && !meant.isEmpty() && distance(name, meant, 1) <= 1) {
                m_remarks.append({ path.places.front().at, path.places.front().length,
                    tr("%1 is taken as a field of the messages; or did you mean %2?").arg(quoted(name), quoted(meant)),
                    meant });
            }
            return {};
        }
        return noField(path.places.front(), name, m_schema.names());
    }

    [[nodiscard]] Nothing noField(const Place& place, const QString& name, const QStringList& names) const
    {
        // A step of a path has its dot with it.
        const qsizetype dot = place.length > 0 && m_text[place.at] == u'.' ? 1 : 0;
        const QString meant = nearest(name, names);
        return wrong(place.at + dot, place.length - dot,
            meant.isEmpty() ? tr("No field %1; it begins with one of: %2.").arg(quoted(name), beginnings(names))
                            : tr("No field %1; did you mean %2?").arg(quoted(name), quoted(meant)),
            meant);
    }
    /// The names, where they are few enough to be read.
    [[nodiscard]] static QString beginnings(QStringList names)
    {
        constexpr qsizetype most = 40;
        names.removeIf([](const QString& name) { return name.contains(u'.'); });
        const bool tooMany = names.size() > most;
        return QStringList(names.first(qMin(names.size(), most))).join(u", ") + (tooMany ? u", …" : u"");
    }

    /// What follows a field that is no tree: an index into text or bytes, nothing else.
    Nothing parts(const PathSyntax& path, std::size_t used, const FieldInfo& info)
    {
        const Step& step = path.steps[used];
        const Place& place = path.places[used];
        if (step.kind == Step::Kind::Name) {
            QStringList names;
            for (const FieldInfo& field : m_schema.fields) {
                if (field.name.startsWith(QString(info.name + u'.'))) {
                    names.append(field.name);
                }
            }
            const QString whole = info.name + u'.' + QString::fromUtf8(step.name);
            const QString meant = nearest(whole, names);
            const Place both = joined(path.places.front(), place);
            return wrong(both.at, both.length,
                meant.isEmpty() ? tr("%1 has no fields: it is %2.").arg(quoted(info.name), typeText(info.type))
                                : tr("No field %1; did you mean %2?").arg(quoted(whole), quoted(meant)),
                meant);
        }
        const bool isString = info.type == Type::Text || info.type == Type::Bytes;
        if (step.kind == Step::Kind::Each || !isString || used + 1 < path.steps.size() || m_syntax.slice) {
            const Place behind = isString && step.kind == Step::Kind::Index && used + 1 < path.steps.size()
                ? path.places[used + 1]
                : place;
            return wrong(behind.at, behind.length,
                isString ? tr("%1 is %2: `[0]` and `[0:2]` take parts of it, and nothing follows them.")
                               .arg(quoted(info.name), typeText(info.type))
                         : tr("%1 is %2 and has no parts.").arg(quoted(info.name), typeText(info.type)));
        }
        m_operand.slice = Slice { step.index, std::nullopt, place };
        m_operand.type = info.type == Type::Bytes ? Type::Number : Type::Text;
        return {};
    }

    Nothing slice()
    {
        if (!m_syntax.slice) {
            return {};
        }
        if (m_operand.type != Type::Any && m_operand.type != Type::Text && m_operand.type != Type::Bytes) {
            return wrong(m_syntax.slice->place.at, m_syntax.slice->place.length,
                tr("Only text and bytes can be sliced; this is %1.").arg(typeText(m_operand.type)));
        }
        m_operand.slice = m_syntax.slice;
        return {};
    }

    Nothing calls()
    {
        // The innermost one first.
        for (qsizetype i = static_cast<qsizetype>(m_syntax.calls.size()) - 1; i >= 0; --i) {
            const ValueSyntax::Call& call = m_syntax.calls[static_cast<std::size_t>(i)];
            auto called = call.function == Function::Any || call.function == Function::All ? quantifier(call, i)
                : call.function == Function::Count                                         ? count(call)
                                                                                           : plain(call);
            if (!called) {
                return called;
            }
        }
        return {};
    }

    Nothing quantifier(const ValueSyntax::Call& call, qsizetype index)
    {
        if (index > 0) {
            return wrong(
                call.place.at, call.place.length, tr("%1 has to be the outermost function.").arg(shown(call.place)));
        }
        if (!m_syntax.path) {
            return wrong(call.place.at, call.place.length,
                tr("%1 needs a field, such as `json.items[*].id`.").arg(shown(call.place)));
        }
        if (!m_operand.isMany || m_operand.counts) {
            remark(call.place, tr("%1 changes nothing: there is no `[*]` that it could be about."));
        }
        m_operand.all = call.function == Function::All;
        return {};
    }

    Nothing count(const ValueSyntax::Call& call)
    {
        if (m_operand.kind != Operand::Kind::Tree || m_operand.counts) {
            return wrong(call.place.at, call.place.length,
                tr("%1 counts the elements of a list, such as `json.items`.").arg(shown(call.place)));
        }
        m_operand.counts = true;
        m_operand.type = Type::Number;
        return {};
    }

    Nothing plain(const ValueSyntax::Call& call)
    {
        const Type type = m_operand.type;
        const bool isString = type == Type::Text || type == Type::Any;
        if (call.function == Function::Len && !isString && type != Type::Bytes) {
            return wrong(call.place.at, call.place.length,
                tr("%1 needs text, bytes or a list; this is %2.").arg(shown(call.place), typeText(type)));
        }
        if (call.function == Function::Lower && !isString) {
            return wrong(call.place.at, call.place.length,
                tr("%1 needs text; this is %2.").arg(shown(call.place), typeText(type)));
        }
        (m_operand.counts ? m_operand.after : m_operand.before).push_back(call.function);
        m_operand.isFlag = false;
        m_operand.type = call.function == Function::Len ? Type::Number : Type::Text;
        m_operand.unit = call.function == Function::Len && type == Type::Bytes ? Unit::Bytes : Unit::None;
        return {};
    }

    void remark(const Place& place, const QString& text)
    {
        m_remarks.append({ place.at, place.length, text.arg(shown(place)), {} });
    }

    const ValueSyntax& m_syntax;
    const Schema& m_schema;
    QStringView m_text;
    QList<Mistake>& m_remarks;
    Operand m_operand;
};

} // namespace

Result<Operand> checkOperand(const ValueSyntax& syntax, const Schema& schema, QStringView text, QList<Mistake>& remarks)
{
    return OperandChecker(syntax, schema, text, remarks).check();
}

} // namespace sockeye::filter
