// What PickleMachine makes of the names, calls and storages in a pickle.
#include <algorithm>

#include "core/base/text.h"
#include "core/weights/pickle_machine.h"
#include "core/weights/tensor_layout.h"

namespace likeness {

bool PickleMachine::readLine(PickleValue& text) {
  constexpr std::size_t kLimit = 256;
  const auto begin = m_position;
  const auto rest = m_data.pickle.subspan(begin).first(std::min(kLimit, m_data.pickle.size() - begin));
  const auto end = std::find(rest.begin(), rest.end(), std::byte{'\n'});
  if (end == rest.end()) return fail(damagedFile("names a class without an end"));
  const auto length = static_cast<std::size_t>(end - rest.begin());
  text = {Kind::Text, static_cast<std::uint32_t>(length), static_cast<std::int64_t>(begin)};
  m_position = begin + length + 1;
  return true;
}

bool PickleMachine::global() {
  PickleValue module, name;
  return readLine(module) && readLine(name) && pushGlobal(module, name);
}

bool PickleMachine::stackGlobal() {
  PickleValue module, name;
  return pop(Kind::Text, name, "a name") && pop(Kind::Text, module, "a name") && pushGlobal(module, name);
}

bool PickleMachine::pushGlobal(const PickleValue& module, const PickleValue& name) {
  auto known = knownGlobal(m_data.text(module), m_data.text(name));
  // Long names are cut before they are put together, because a text may be as long as the file.
  const auto full = std::string(m_data.text(module).substr(0, 100)) + "." + std::string(m_data.text(name).substr(0, 100));
  if (!known) {
    return fail(refusedFile("asks for " + quotedName(full) +
                            ", which files of weights have no use for, so it was refused and nothing was run"));
  }
  if (known->is(Kind::ClassName)) {
    if (!m_budget.take(sizeof full + full.capacity())) return fail(tooComplexFile());
    known->number = static_cast<std::int64_t>(m_data.classNames.size());
    m_data.classNames.push_back(full);
  }
  return push(*known);
}

// Torch's pickles hold a storage as ("storage", its type, key, device, number of elements[, view]).
bool PickleMachine::persistentId() {
  PickleValue id;
  if (!pop(Kind::Tuple, id, "a storage")) return false;
  const auto& parts = m_data.itemsOf(id);
  constexpr Kind kParts[] = {Kind::Text, Kind::StorageType, Kind::Text, Kind::Text, Kind::Integer};
  bool fits = parts.size() == 5 || (parts.size() == 6 && parts[5].is(Kind::None));
  for (std::size_t i = 0; fits && i < 5; ++i) fits = parts[i].is(kParts[i]);
  if (!fits || m_data.text(parts[0]) != "storage") {
    return fail(damagedFile("describes a storage in a way that PyTorch does not"));
  }
  const auto dtype = static_cast<torch::ScalarType>(parts[1].number);
  const auto place = m_storages.add(m_data.text(parts[2]), dtype, parts[4].number, m_budget);
  return place ? push({Kind::Storage, 0, static_cast<std::int64_t>(*place)}) : fail(place.error());
}

bool PickleMachine::refuseCall(const PickleValue& callable) {
  if (!callable.is(Kind::ClassName)) return fail(damagedFile("calls something that is not a function"));
  return fail(refusedFile("calls " + quotedName(m_data.classNames[static_cast<std::size_t>(callable.number)]) +
                          ", which files of weights have no use for, so it was refused and nothing was run"));
}

bool PickleMachine::reduce() {
  PickleValue arguments, callable;
  if (!pop(Kind::Tuple, arguments, "a call's arguments") || !pop(callable)) return false;
  if (!callable.is(Kind::Function)) return refuseCall(callable);
  const auto& values = m_data.itemsOf(arguments);
  switch (static_cast<PickleFunction>(callable.number)) {
    case PickleFunction::RebuildTensor: return rebuildTensor(values);
    case PickleFunction::RebuildParameter:
      if (values.empty() || !values[0].is(Kind::Tensor)) return fail(damagedFile("has a parameter without a tensor"));
      return push(values[0]);
    case PickleFunction::OrderedDict:
      if (!values.empty()) return fail(damagedFile("makes a dictionary in a way that PyTorch does not"));
      return pushItems(Kind::Dict, {});
    case PickleFunction::Skip: return push({Kind::Skipped, 0, 0});
  }
  return refuseCall(callable);
}

bool PickleMachine::newObject() {
  PickleValue arguments, callable;
  if (!pop(Kind::Tuple, arguments, "an object's arguments") || !pop(callable)) return false;
  if (!callable.is(Kind::Function)) return refuseCall(callable);
  const auto function = static_cast<PickleFunction>(callable.number);
  if (function == PickleFunction::Skip) return push({Kind::Skipped, 0, 0});
  if (function == PickleFunction::OrderedDict && m_data.itemsOf(arguments).empty()) return pushItems(Kind::Dict, {});
  return fail(damagedFile("makes an object in a way that PyTorch does not"));
}

// The attributes of a dictionary are not weights, but a ParameterDict keeps its parameters in one.
bool PickleMachine::build() {
  PickleValue state, object;
  if (!pop(state) || !top(object)) return false;
  if (object.is(Kind::Skipped)) return true;
  if (!object.is(Kind::Dict)) return fail(damagedFile("gives attributes to something that has none"));
  if (!state.is(Kind::Dict)) return true;
  const auto parameters = m_data.find(state, "_parameters");
  if (!parameters || !parameters->is(Kind::Dict) || parameters->number == object.number) return true;
  return appendTo(object, m_data.itemsOf(*parameters));
}

bool PickleMachine::readSizes(const PickleValue& tuple, std::vector<std::int64_t>& sizes) {
  constexpr std::size_t kMaxDimensions = 64;  // Torch's limit
  if (!tuple.is(Kind::Tuple)) return false;
  const auto& values = m_data.itemsOf(tuple);
  if (values.size() > kMaxDimensions) return false;
  for (const auto& value : values) {
    if (!value.is(Kind::Integer)) return false;
    sizes.push_back(value.number);
  }
  return true;
}

// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])
bool PickleMachine::rebuildTensor(const std::vector<PickleValue>& arguments) {
  PickledTensor tensor;
  if (arguments.size() == 7) return fail(refusedFile("holds a conjugate or negated view, which is not read"));
  if (arguments.size() != 6 || !arguments[0].is(Kind::Storage) || !arguments[1].is(Kind::Integer) ||
      !readSizes(arguments[2], tensor.shape) || !readSizes(arguments[3], tensor.strides) ||
      tensor.shape.size() != tensor.strides.size()) {
    return fail(damagedFile("describes a tensor in a way that PyTorch does not"));
  }
  tensor.storage = static_cast<std::size_t>(arguments[0].number);
  tensor.offset = static_cast<std::uint64_t>(arguments[1].number);
  const auto& storage = m_storages.all()[tensor.storage];
  const auto span = elementSpan(tensor.shape, tensor.strides);
  const auto bytes = byteCount(storage.dtype, tensor.shape);
  if (!span || !bytes) return fail(damagedFile("gives a tensor an impossible size"));
  if (tensor.offset > storage.count || *span > storage.count - tensor.offset) {
    return fail(damagedFile("lets a tensor reach beyond its storage " + quotedName(storage.key)));
  }
  if (*bytes > m_storages.fileSize()) {
    return fail(refusedFile("holds a tensor that repeats a few numbers to more bytes than the file has"));
  }
  const auto taken = sizeof tensor + 2 * tensor.shape.capacity() * sizeof(std::int64_t) + 32;
  if (!m_budget.take(taken)) return fail(tooComplexFile());
  m_data.tensors.push_back(std::move(tensor));
  return push({Kind::Tensor, 0, static_cast<std::int64_t>(m_data.tensors.size() - 1)});
}

}  // namespace likeness
