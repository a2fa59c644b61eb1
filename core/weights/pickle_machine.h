#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/weights/memory_budget.h"
#include "core/weights/pickle_value.h"
#include "core/weights/torch_storages.h"

namespace likeness {

/// Rebuilds the data that a pickle of tensors describes, and runs nothing: a class or function is only ever recognised by
/// its name (knownGlobal), anything else is refused by its name as soon as it appears.
/// Understood: the opcodes that pickle's protocols 2 to 5 write for such data. Every value is checked where it is used,
/// every read against the pickle's end. Time: linear in the pickle. Memory: within the budget. Threads: one.
/// Errors: Corrupt, or Unsupported for what is refused; their messages are middles of a sentence.
/// Source: the opcode list of Python's pickletools; torch/serialization.py for the persistent ids.
class PickleMachine {
 public:
  /// All three must outlive the machine.
  PickleMachine(PickleData& data, TorchStorages& storages, MemoryBudget& budget)
      : m_data(data), m_storages(storages), m_budget(budget) {}

  /// Runs the pickle that starts at `position` of data.pickle, gives what it leaves, and moves `position` behind it.
  [[nodiscard]] Result<PickleValue> run(std::size_t& position);

 private:
  using Kind = PickleValue::Kind;
  using Action = bool (PickleMachine::*)();
  struct Actions;

  // Each returns false after having set m_problem.
  bool fail(Error problem);
  bool readBytes(std::uint64_t count, std::size_t& begin);
  template <std::size_t Bytes>
  bool readUnsigned(std::uint64_t& value);
  bool readLine(PickleValue& text);
  bool push(PickleValue value);
  bool pop(PickleValue& value);
  bool pop(Kind kind, PickleValue& value, const char* what);
  bool popAboveMark(std::vector<PickleValue>& items);
  bool pushItems(Kind kind, std::vector<PickleValue> items);
  bool top(PickleValue& value);
  bool appendTo(const PickleValue& container, const std::vector<PickleValue>& items);

  // One for each opcode, or for several that differ in a width.
  bool protocol();
  bool skipFrame();
  bool mark();
  bool popMark();
  bool discard();
  template <Kind TheKind, std::int64_t Number>
  bool constant();
  template <std::size_t Bytes, bool Signed>
  bool integer();
  template <std::size_t Bytes>
  bool longInteger();
  bool real();
  template <std::size_t Bytes, PickleValue::Kind TheKind>
  bool text();
  template <Kind TheKind>
  bool emptyItems();
  template <Kind TheKind>
  bool itemsAboveMark();
  template <std::size_t Count>
  bool shortTuple();
  template <std::size_t Count>
  bool addFew();
  bool addAboveMark();
  bool skipSet();
  template <std::size_t Bytes>
  bool put();
  bool memoize();
  template <std::size_t Bytes>
  bool get();
  bool remember(std::uint64_t place);
  bool global();
  bool stackGlobal();
  bool pushGlobal(const PickleValue& module, const PickleValue& name);
  bool persistentId();
  bool reduce();
  bool newObject();
  bool build();
  bool refuseCall(const PickleValue& callable);
  bool rebuildTensor(const std::vector<PickleValue>& arguments);
  bool readSizes(const PickleValue& tuple, std::vector<std::int64_t>& sizes);

  PickleData& m_data;
  TorchStorages& m_storages;
  MemoryBudget& m_budget;
  std::size_t m_position = 0;
  std::vector<PickleValue> m_stack;
  std::vector<std::size_t> m_marks;
  std::vector<std::optional<PickleValue>> m_memo;
  Error m_problem;
};

}  // namespace likeness
