#include "core/text/prompt_schedule.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

namespace likeness {
namespace {

constexpr std::size_t kDeepest = 100;
constexpr std::string_view kScheduleMarks = "\\[]():|";
constexpr std::string_view kSpace = " \t\n\r\f\v";

struct Node;
using Sequence = std::vector<Node>;

// Text, or a bracket that changes with the steps.
struct Node {
  enum class Kind { Text, Edit, Turns };
  Kind kind = Kind::Text;
  std::string text;
  std::vector<Sequence> parts;  // Edit: before and after; Turns: one after the other
  double when = 0;              // of an Edit, as it was typed
  bool isFraction = false;
};

void appendText(Sequence& sequence, std::string_view text) {
  if (sequence.empty() || sequence.back().kind != Node::Kind::Text) sequence.emplace_back();
  sequence.back().text += text;
}

void append(Sequence& sequence, Sequence more) {
  for (auto& node : more) {
    if (node.kind == Node::Kind::Text) {
      appendText(sequence, node.text);
    } else {
      sequence.push_back(std::move(node));
    }
  }
}

// Finds the brackets that matter; everything else becomes text again, as it was typed.
class ScheduleParser {
 public:
  explicit ScheduleParser(std::string_view text) : m_text(text) {}

  // Nothing if the web UI would give up and take the prompt as it is.
  std::optional<Sequence> run() {
    Sequence all;
    while (m_at < m_text.size()) {
      const auto from = m_at;
      Sequence part;
      const bool whole = isOpening() ? bracket(part, 0) : plain(part);
      if (m_hopeless) return std::nullopt;
      if (whole && m_at > from) {
        append(all, std::move(part));
      } else if (m_text[from] == '|') {
        return std::nullopt;
      } else {
        m_at = from + 1;
        appendText(all, m_text.substr(from, 1));
      }
    }
    return all;
  }

 private:
  [[nodiscard]] bool isOpening() const { return m_text[m_at] == '(' || m_text[m_at] == '['; }

  // Characters without a meaning, and escaped ones.
  bool plain(Sequence& sequence) {
    while (m_at < m_text.size()) {
      const auto end = std::min(m_text.find_first_of(kScheduleMarks, m_at), m_text.size());
      appendText(sequence, m_text.substr(m_at, end - m_at));
      m_at = end;
      if (m_at == m_text.size() || m_text[m_at] != '\\') return true;
      m_hopeless = m_at + 1 == m_text.size() || m_text[m_at + 1] == '\n';
      if (m_hopeless) return false;
      appendText(sequence, m_text.substr(m_at, 2));
      m_at += 2;
    }
    return true;
  }

  // What stands between two of a bracket's separators.
  bool inside(Sequence& sequence, std::size_t depth) {
    while (m_at < m_text.size()) {
      Sequence part;
      const auto from = m_at;
      if (!(isOpening() ? bracket(part, depth + 1) : plain(part))) return false;
      append(sequence, std::move(part));
      if (m_at == from) return true;
    }
    return false;
  }

  // A bracket from its first to its last character; false if it isn't closed or doesn't make sense.
  bool bracket(Sequence& sequence, std::size_t depth) {
    if (depth >= kDeepest) return false;
    const char opening = m_text[m_at++], closing = opening == '(' ? ')' : ']';
    std::vector<Sequence> parts;
    std::string separators;
    for (;;) {
      if (!inside(parts.emplace_back(), depth)) return false;
      const char next = m_text[m_at++];
      if (next == closing) break;
      if (next != ':' && next != '|') return false;
      separators += next;
    }
    if (opening == '(') return weight(sequence, std::move(parts), separators);
    if (separators.empty()) return weight(sequence, std::move(parts), separators, "[", "]");
    if (separators.find(':') == std::string::npos) {
      sequence.push_back({Node::Kind::Turns, {}, std::move(parts)});
      return true;
    }
    return separators.size() <= 2 && separators.find('|') == std::string::npos && edit(sequence, std::move(parts));
  }

  static bool weight(Sequence& sequence, std::vector<Sequence> parts, const std::string& separators,
                     std::string_view opening = "(", std::string_view closing = ")") {
    if (separators.size() > 1 || separators == "|") return false;
    appendText(sequence, opening);
    append(sequence, std::move(parts.front()));
    if (parts.size() > 1) {
      appendText(sequence, ":");
      append(sequence, std::move(parts.back()));
    }
    appendText(sequence, closing);
    return true;
  }

  static bool edit(Sequence& sequence, std::vector<Sequence> parts) {
    const auto& last = parts.back();
    if (last.size() != 1 || last.front().kind != Node::Kind::Text) return false;
    Node node{Node::Kind::Edit, {}, {}};
    if (!readWhen(last.front().text, node)) return false;
    parts.pop_back();
    if (parts.size() == 1) parts.insert(parts.begin(), Sequence());
    node.parts = std::move(parts);
    sequence.push_back(std::move(node));
    return true;
  }

  static bool readWhen(std::string_view text, Node& node) {
    const auto first = text.find_first_not_of(kSpace);
    if (first == text.npos) return false;
    text = text.substr(first, text.find_last_not_of(kSpace) - first + 1);
    node.isFraction = text.find('.') != text.npos;
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.find_first_not_of("0123456789.eE+-") != text.npos || text.starts_with('+')) return false;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), node.when);
    return stopped == text.data() + text.size() && error == std::errc();
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  bool m_hopeless = false;
};

// The steps of a pass, and of the one before it.
struct Pass {
  std::int64_t steps, before;
};

std::int64_t lastStepOf(const Node& edit, const Pass& pass) {
  const auto steps = static_cast<double>(pass.steps);
  const double step = edit.isFraction ? (edit.when - (pass.before > 0 ? 1 : 0)) * steps
                                      : edit.when - static_cast<double>(pass.before);
  return static_cast<std::int64_t>(std::clamp(std::trunc(step), -1.0, steps));
}

// The last steps of all edits; true if there are turns, which end at each step.
bool collectSteps(const Sequence& sequence, const Pass& pass, std::set<std::int64_t>& found) {
  bool turns = false;
  for (const auto& node : sequence) {
    turns |= node.kind == Node::Kind::Turns;
    if (node.kind == Node::Kind::Edit && lastStepOf(node, pass) >= 1) found.insert(lastStepOf(node, pass));
    for (const auto& part : node.parts) turns |= collectSteps(part, pass, found);
  }
  return turns;
}

void write(const Sequence& sequence, std::int64_t step, const Pass& pass, std::string& text) {
  for (const auto& node : sequence) {
    if (node.kind == Node::Kind::Text) {
      text += node.text;
      continue;
    }
    const auto part =
        node.kind == Node::Kind::Edit ? (step <= lastStepOf(node, pass) ? 0 : 1) : (step - 1) % std::ssize(node.parts);
    write(node.parts[static_cast<std::size_t>(part)], step, pass, text);
  }
}

}  // namespace

std::vector<ScheduledPrompt> promptSchedule(std::string_view prompt, std::int64_t steps, std::int64_t before) {
  const auto parsed = ScheduleParser(prompt).run();
  if (!parsed) return {{steps, std::string(prompt)}};
  const Pass pass{steps, before};
  std::set<std::int64_t> ends{steps};
  if (collectSteps(*parsed, pass, ends)) {
    for (std::int64_t step = 1; step <= steps; ++step) ends.insert(step);
  }
  std::vector<ScheduledPrompt> schedule;
  for (const auto end : ends) {
    std::string text;
    write(*parsed, end, pass, text);
    schedule.push_back({end, std::move(text)});
  }
  return schedule;
}

std::size_t scheduledAt(const std::vector<ScheduledPrompt>& schedule, std::int64_t evaluation) {
  const auto found = std::ranges::find_if(schedule, [&](const auto& entry) { return evaluation <= entry.lastStep; });
  return found == schedule.end() ? 0 : static_cast<std::size_t>(found - schedule.begin());
}

}  // namespace likeness
