#include "core/weights/pickle_machine.h"

#include <array>
#include <bit>
#include <limits>

namespace likeness {
namespace {

constexpr unsigned char kStop = '.';
constexpr std::size_t kItemsNode = 64;  // what an empty list takes

std::string hexadecimal(unsigned char opcode) {
  constexpr const char* kDigits = "0123456789abcdef";
  return std::string("0x") + kDigits[opcode >> 4] + kDigits[opcode & 15];
}

}  // namespace

// What each opcode does; the letters and numbers are pickletools'.
struct PickleMachine::Actions {
  static constexpr std::array<Action, 256> table() {
    using M = PickleMachine;
    std::array<Action, 256> actions{};
    actions[0x80] = &M::protocol;
    actions[0x95] = &M::skipFrame;
    actions['('] = &M::mark;
    actions['0'] = &M::discard;
    actions['1'] = &M::popMark;
    actions['N'] = &M::constant<Kind::None, 0>;
    actions[0x88] = &M::constant<Kind::Bool, 1>;
    actions[0x89] = &M::constant<Kind::Bool, 0>;
    actions['J'] = &M::integer<4, true>;
    actions['K'] = &M::integer<1, false>;
    actions['M'] = &M::integer<2, false>;
    actions[0x8a] = &M::longInteger<1>;
    actions[0x8b] = &M::longInteger<4>;
    actions['G'] = &M::real;
    actions['X'] = &M::text<4, Kind::Text>;
    actions[0x8c] = &M::text<1, Kind::Text>;
    actions[0x8d] = &M::text<8, Kind::Text>;
    actions['T'] = &M::text<4, Kind::Text>;
    actions['U'] = &M::text<1, Kind::Text>;
    actions['B'] = &M::text<4, Kind::Skipped>;
    actions['C'] = &M::text<1, Kind::Skipped>;
    actions[0x8e] = &M::text<8, Kind::Skipped>;
    actions[')'] = &M::emptyItems<Kind::Tuple>;
    actions['t'] = &M::itemsAboveMark<Kind::Tuple>;
    actions[0x85] = &M::shortTuple<1>;
    actions[0x86] = &M::shortTuple<2>;
    actions[0x87] = &M::shortTuple<3>;
    actions[']'] = &M::emptyItems<Kind::List>;
    actions['l'] = &M::itemsAboveMark<Kind::List>;
    actions['a'] = &M::addFew<1>;
    actions['e'] = &M::addAboveMark;
    actions['}'] = &M::emptyItems<Kind::Dict>;
    actions['d'] = &M::itemsAboveMark<Kind::Dict>;
    actions['s'] = &M::addFew<2>;
    actions['u'] = &M::addAboveMark;
    actions[0x8f] = &M::constant<Kind::Skipped, 0>;
    actions[0x90] = &M::addAboveMark;
    actions[0x91] = &M::skipSet;
    actions['q'] = &M::put<1>;
    actions['r'] = &M::put<4>;
    actions[0x94] = &M::memoize;
    actions['h'] = &M::get<1>;
    actions['j'] = &M::get<4>;
    actions['c'] = &M::global;
    actions[0x93] = &M::stackGlobal;
    actions['Q'] = &M::persistentId;
    actions['R'] = &M::reduce;
    actions[0x81] = &M::newObject;
    actions['b'] = &M::build;
    return actions;
  }
};

Result<PickleValue> PickleMachine::run(std::size_t& position) {
  static constexpr auto kActions = Actions::table();
  m_position = position;
  m_stack.clear();
  m_marks.clear();
  m_memo.clear();
  for (;;) {
    std::uint64_t opcode = 0;
    if (!readUnsigned<1>(opcode)) return m_problem;
    if (opcode == kStop) break;
    const auto action = kActions[opcode];
    if (action == nullptr) {
      return refusedFile("uses the pickle opcode " + hexadecimal(static_cast<unsigned char>(opcode)) +
                         ", which files of tensors have no use for");
    }
    if (!(this->*action)()) return m_problem;
  }
  PickleValue result;
  if (!pop(result)) return m_problem;
  position = m_position;
  return result;
}

bool PickleMachine::fail(Error problem) {
  m_problem = std::move(problem);
  return false;
}

bool PickleMachine::readBytes(std::uint64_t count, std::size_t& begin) {
  if (count > m_data.pickle.size() - m_position) return fail(damagedFile("is cut short: it ends in the middle of its list of tensors"));
  begin = m_position;
  m_position += static_cast<std::size_t>(count);
  return true;
}

template <std::size_t Bytes>
bool PickleMachine::readUnsigned(std::uint64_t& value) {
  std::size_t begin = 0;
  if (!readBytes(Bytes, begin)) return false;
  value = 0;
  for (std::size_t i = Bytes; i-- > 0;) {
    value = value << 8 | std::to_integer<std::uint64_t>(m_data.pickle[begin + i]);
  }
  return true;
}

bool PickleMachine::push(PickleValue value) { return m_budget.append(m_stack, value) || fail(tooComplexFile()); }

bool PickleMachine::pop(PickleValue& value) {
  if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back())) {
    return fail(damagedFile("takes a value that its list of tensors does not hold"));
  }
  value = m_stack.back();
  m_stack.pop_back();
  return true;
}

bool PickleMachine::pop(Kind kind, PickleValue& value, const char* what) {
  if (!pop(value)) return false;
  return value.is(kind) || fail(damagedFile(std::string("has something else where ") + what + " belongs"));
}

bool PickleMachine::top(PickleValue& value) { return pop(value) && push(value); }

bool PickleMachine::popAboveMark(std::vector<PickleValue>& items) {
  if (m_marks.empty()) return fail(damagedFile("ends a group in its list of tensors that it never began"));
  const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
  if (!m_budget.take(static_cast<std::size_t>(m_stack.end() - begin) * sizeof(PickleValue))) {
    return fail(tooComplexFile());
  }
  items.assign(begin, m_stack.end());
  m_stack.erase(begin, m_stack.end());
  m_marks.pop_back();
  return true;
}

bool PickleMachine::pushItems(Kind kind, std::vector<PickleValue> items) {
  if (kind == Kind::Dict && items.size() % 2 != 0) return fail(damagedFile("has a key without a value"));
  if (!m_budget.take(kItemsNode)) return fail(tooComplexFile());
  m_data.items.push_back(std::move(items));
  return push({kind, 0, static_cast<std::int64_t>(m_data.items.size() - 1)});
}

bool PickleMachine::appendTo(const PickleValue& container, const std::vector<PickleValue>& items) {
  if (container.is(Kind::Skipped)) return true;
  if (!container.is(Kind::Dict) && !container.is(Kind::List)) {
    return fail(damagedFile("adds to something that is neither a list nor a dictionary"));
  }
  if (container.is(Kind::Dict) && items.size() % 2 != 0) return fail(damagedFile("has a key without a value"));
  auto& target = m_data.items[static_cast<std::size_t>(container.number)];
  for (const auto& item : items) {
    if (!m_budget.append(target, item)) return fail(tooComplexFile());
  }
  return true;
}

bool PickleMachine::protocol() {
  std::uint64_t version = 0;
  if (!readUnsigned<1>(version)) return false;
  return (version >= 2 && version <= 5) || fail(refusedFile("uses pickle protocol " + std::to_string(version)));
}

bool PickleMachine::skipFrame() {
  std::uint64_t length = 0;
  return readUnsigned<8>(length);
}

bool PickleMachine::mark() { return m_budget.append(m_marks, m_stack.size()) || fail(tooComplexFile()); }

bool PickleMachine::popMark() {
  std::vector<PickleValue> items;
  return popAboveMark(items);
}

bool PickleMachine::discard() {
  PickleValue value;
  return pop(value);
}

template <PickleValue::Kind TheKind, std::int64_t Number>
bool PickleMachine::constant() {
  return push({TheKind, 0, Number});
}

template <std::size_t Bytes, bool Signed>
bool PickleMachine::integer() {
  std::uint64_t value = 0;
  if (!readUnsigned<Bytes>(value)) return false;
  const auto number = static_cast<std::int64_t>(value);
  return push({Kind::Integer, 0, Signed ? static_cast<std::int32_t>(number) : number});
}

// Two's complement of any width, least byte first; no bytes are 0.
template <std::size_t Bytes>
bool PickleMachine::longInteger() {
  std::uint64_t count = 0;
  std::size_t begin = 0;
  if (!readUnsigned<Bytes>(count) || !readBytes(count, begin)) return false;
  if (count > 8) {
    return push({Kind::WideInteger, static_cast<std::uint32_t>(count), static_cast<std::int64_t>(begin)});
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const bool negative = count > 0 && (m_data.pickle[begin + count - 1] & std::byte{0x80}) != std::byte{0};
    const auto byte = i < count ? std::to_integer<std::uint64_t>(m_data.pickle[begin + i]) : negative ? 0xff : 0;
    value |= byte << (8 * i);
  }
  return push({Kind::Integer, 0, static_cast<std::int64_t>(value)});
}

bool PickleMachine::real() {
  std::uint64_t bits = 0;
  if (!readUnsigned<8>(bits)) return false;
  return push(PickleValue::real(std::bit_cast<double>(__builtin_bswap64(bits))));
}

template <std::size_t Bytes, PickleValue::Kind TheKind>
bool PickleMachine::text() {
  std::uint64_t count = 0;
  std::size_t begin = 0;
  if (!readUnsigned<Bytes>(count) || !readBytes(count, begin)) return false;
  if (count > std::numeric_limits<std::uint32_t>::max()) return fail(damagedFile("holds a text of over 4 GB"));
  return push({TheKind, static_cast<std::uint32_t>(count), static_cast<std::int64_t>(begin)});
}

template <PickleValue::Kind TheKind>
bool PickleMachine::emptyItems() {
  return pushItems(TheKind, {});
}

template <PickleValue::Kind TheKind>
bool PickleMachine::itemsAboveMark() {
  std::vector<PickleValue> items;
  return popAboveMark(items) && pushItems(TheKind, std::move(items));
}

template <std::size_t Count>
bool PickleMachine::shortTuple() {
  std::vector<PickleValue> items(Count);
  if (!m_budget.take(Count * sizeof(PickleValue))) return fail(tooComplexFile());
  for (std::size_t i = Count; i-- > 0;) {
    if (!pop(items[i])) return false;
  }
  return pushItems(Kind::Tuple, std::move(items));
}

template <std::size_t Count>
bool PickleMachine::addFew() {
  std::vector<PickleValue> items(Count);
  for (std::size_t i = Count; i-- > 0;) {
    if (!pop(items[i])) return false;
  }
  PickleValue container;
  return top(container) && appendTo(container, items);
}

bool PickleMachine::addAboveMark() {
  std::vector<PickleValue> items;
  PickleValue container;
  return popAboveMark(items) && top(container) && appendTo(container, items);
}

bool PickleMachine::skipSet() {
  std::vector<PickleValue> items;
  return popAboveMark(items) && push({Kind::Skipped, 0, 0});
}

template <std::size_t Bytes>
bool PickleMachine::put() {
  std::uint64_t place = 0;
  return readUnsigned<Bytes>(place) && remember(place);
}

bool PickleMachine::memoize() { return remember(m_memo.size()); }

bool PickleMachine::remember(std::uint64_t place) {
  PickleValue value;
  if (!top(value)) return false;
  // Picklers number what they remember from 0 on, so no number exceeds the bytes before it.
  if (place > m_position) return fail(damagedFile("remembers a value under an impossible number"));
  while (m_memo.size() <= place) {
    if (!m_budget.append(m_memo, std::optional<PickleValue>())) return fail(tooComplexFile());
  }
  m_memo[place] = value;
  return true;
}

template <std::size_t Bytes>
bool PickleMachine::get() {
  std::uint64_t place = 0;
  if (!readUnsigned<Bytes>(place)) return false;
  if (place >= m_memo.size() || !m_memo[place]) return fail(damagedFile("refers to a value that it never remembered"));
  return push(*m_memo[place]);
}

}  // namespace likeness
