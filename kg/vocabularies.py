"""The vocabularies whose terms an ontology file may use, and what the lexical layer's terms are for."""

from __future__ import annotations

from kg.iri import OWL, RDF, RDFS, SKOS

CLASS_CUES = ("ending", "start", "classWord", "stopWord", "titleWord", "pronoun", "listHead")
RELATION_CUES = (
    "verb",
    "inverseVerb",
    "passive",
    "preposition",
    "noun",
    "inverseNoun",
    "apposition",
    "title",
)
ANYWHERE = ("unitWord", "core", "colour", "group", "unique", "measured")
FLAGS = ("core", "group", "unique", "measured")
CHECKED = {
    RDF: "type first rest nil subject predicate object value Statement Property List langString",
    RDFS: "label comment subClassOf subPropertyOf domain range seeAlso isDefinedBy member Class "
    "Resource Datatype",
    OWL: "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty NamedIndividual Thing "
    "Nothing FunctionalProperty InverseFunctionalProperty SymmetricProperty AsymmetricProperty "
    "TransitiveProperty ReflexiveProperty IrreflexiveProperty AllDisjointClasses "
    "AllDisjointProperties AllDifferent Restriction members distinctMembers disjointWith "
    "propertyDisjointWith disjointUnionOf equivalentClass inverseOf equivalentProperty "
    "propertyChainAxiom unionOf intersectionOf complementOf oneOf onProperty hasKey hasValue "
    "someValuesFrom allValuesFrom cardinality minCardinality maxCardinality imports versionInfo "
    "versionIRI priorVersion backwardCompatibleWith incompatibleWith deprecated sameAs "
    "differentFrom",
    SKOS: "prefLabel altLabel hiddenLabel definition example scopeNote editorialNote note historyNote "
    "changeNote notation broader narrower related exactMatch closeMatch broadMatch narrowMatch "
    "relatedMatch inScheme Concept ConceptScheme topConceptOf hasTopConcept",
}
BUILT_IN = ("locatedIn", "partOf", "partyOrganizationOf", "holdsPosition", "cooperatesWith")
"""Relations that rules of their own read, from names, posts and places."""
